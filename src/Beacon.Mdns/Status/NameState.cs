namespace Beacon.Mdns.Status;

/// <summary>How far a name is on one link (RFC 6762 §8).</summary>
public enum NameState
{
    /// <summary>Not claimed there.</summary>
    None,

    /// <summary>Its turn to be asked for has not come: behind others at the start, or after a conflict.</summary>
    Waiting,

    /// <summary>Being asked for.</summary>
    Probing,

    /// <summary>Nobody objected: announced, answered for and defended.</summary>
    Announced,
}
