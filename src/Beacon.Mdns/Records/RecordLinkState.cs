namespace Beacon.Mdns.Records;

/// <summary>What one link has seen of one record.</summary>
internal struct RecordLinkState
{
    /// <summary>When it was last multicast in an Answer section: the one-second rule (RFC 6762 §6).</summary>
    public long LastAnswered;

    /// <summary>When it was last multicast in any section: the quarter-lifetime rule for unicast answers (§5.4).</summary>
    public long LastMulticast;

    /// <summary>When it was last given to a host that probes for its name.</summary>
    public long LastDefended;

    /// <summary>One more than its place in the link's queue of planned answers; 0 when it is not planned.</summary>
    public int Planned;
}
