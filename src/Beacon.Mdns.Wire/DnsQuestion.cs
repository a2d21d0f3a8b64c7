namespace Beacon.Mdns.Wire;

/// <summary>One entry of the question section.</summary>
public readonly ref struct DnsQuestion
{
    public DnsName Name { get; init; }

    public RecordType Type { get; init; }

    /// <summary>15 bits; the sixteenth is <see cref="WantsUnicast"/>.</summary>
    public ushort Class { get; init; }

    /// <summary>The QU bit: an answer by unicast is welcome (RFC 6762 §5.4).</summary>
    public bool WantsUnicast { get; init; }
}
