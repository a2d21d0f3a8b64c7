namespace Beacon.Registry.Health;

/// <summary>How one health check ended. Names in JSON and in stores are the lower-case member names.</summary>
public enum CheckOutcome
{
    /// <summary>Answered as expected.</summary>
    Healthy,

    /// <summary>Answered, but not as expected: another status, or a text or value that is not there.</summary>
    Unhealthy,

    /// <summary>No whole answer within the timeout.</summary>
    Timeout,

    /// <summary>No answer at all: the name does not resolve, the connection is refused, the certificate is not trusted, the address not allowed.</summary>
    Error,
}
