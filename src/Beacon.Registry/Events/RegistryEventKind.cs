namespace Beacon.Registry.Events;

/// <summary>What happened to a service.</summary>
public enum RegistryEventKind
{
    /// <summary>A new service, or an expired one that came back by registering.</summary>
    Registered,

    /// <summary>Content changed by an update, or the same service registered again.</summary>
    Updated,

    /// <summary>The lease was prolonged. Coalesced: at most one per service and pump.</summary>
    Renewed,

    /// <summary>An expired service came back by a heartbeat.</summary>
    Revived,

    /// <summary>The lease ran out. The service stays readable until the clean-up.</summary>
    Expired,

    /// <summary>What is believed of its health changed, or it began or ceased to flap. Results that change neither are not told.</summary>
    HealthChanged,

    /// <summary>Taken away on request.</summary>
    Deregistered,

    /// <summary>An expired service was removed by the clean-up.</summary>
    Removed,

    /// <summary>One clean-up run ended; <see cref="RegistryEvent.Count"/> says how many services it removed.</summary>
    CleanedUp,
}
