namespace Beacon.Features.Health.History;

/// <summary>What the registry knows of a service that has a history.</summary>
public enum ServicePresence
{
    /// <summary>Nobody can say: the database that knows was never reached.</summary>
    Unknown,

    /// <summary>Not registered.</summary>
    Gone,

    /// <summary>Registered, and nobody wants it checked.</summary>
    Unchecked,

    Checked,
}
