namespace Beacon.Mdns.Records;

/// <summary>How far a unique name is on one link (RFC 6762 §8).</summary>
internal enum ClaimState
{
    /// <summary>Not ours there, not being asked for.</summary>
    None,

    Probing,

    /// <summary>Nobody objected: ours to answer for and to defend.</summary>
    Held,
}
