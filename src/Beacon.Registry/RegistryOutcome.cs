namespace Beacon.Registry;

/// <summary>How a wish to change the registry ended.</summary>
public enum RegistryOutcome
{
    /// <summary>A new service with a new id.</summary>
    Registered,

    /// <summary>A known service (same name, host and port) was merged and its lease renewed; or an update was applied.</summary>
    Updated,

    /// <summary>The lease was prolonged.</summary>
    Renewed,

    /// <summary>The service is gone.</summary>
    Deregistered,

    /// <summary>No service with that id.</summary>
    UnknownService,

    /// <summary>An update would give this service the name, host and port of another one.</summary>
    IdentityTaken,

    /// <summary>A check's result about something that the service has changed since: of no use any more.</summary>
    Outdated,

    /// <summary>The registry holds as many services as <see cref="RegistryLimits.MaxServices"/> allows.</summary>
    LimitReached,
}
