using System.Net;

namespace Beacon.Client;

/// <summary>Beacon refused, or cannot be reached. The message is Beacon's own sentence where there is one.</summary>
public sealed class BeaconException : Exception
{
    public BeaconException()
        : this("Beacon cannot be reached")
    {
    }

    public BeaconException(string message)
        : base(message)
    {
    }

    public BeaconException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal BeaconException(string message, HttpStatusCode status, TimeSpan retryAfter)
        : base(message)
    {
        StatusCode = status;
        RetryAfter = retryAfter;
    }

    /// <summary>Null when nobody answered.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>How long Beacon asked to wait; zero when it did not say.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>Will the same request be taken later?</summary>
    public bool IsTransient =>
        StatusCode is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
