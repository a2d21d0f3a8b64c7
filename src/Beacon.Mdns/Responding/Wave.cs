using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>Records that go out together, several times: an announcement (RFC 6762 §8.3) or a goodbye (§10.1).</summary>
internal sealed class Wave(long due)
{
    public List<MdnsRecord> Records { get; } = [];

    public long Due { get; set; } = due;

    /// <summary>Copies sent completely.</summary>
    public int Round { get; set; }

    /// <summary>First record of this round that is not sent yet: a large wave pauses between bursts.</summary>
    public int Next { get; set; }

    /// <summary>When this round began.</summary>
    public long StartedAt { get; set; }
}
