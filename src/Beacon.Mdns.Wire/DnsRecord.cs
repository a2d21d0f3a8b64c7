namespace Beacon.Mdns.Wire;

/// <summary>One record of a message. Its data has the shape its type asks for; data of unknown types is any bytes.</summary>
public readonly ref struct DnsRecord
{
    private readonly ReadOnlySpan<byte> _datagram;
    private readonly int _rdataAt;
    private readonly int _rdataLength;

    internal DnsRecord(ReadOnlySpan<byte> datagram, int rdataAt, int rdataLength)
    {
        _datagram = datagram;
        _rdataAt = rdataAt;
        _rdataLength = rdataLength;
    }

    public Section Section { get; init; }

    public DnsName Name { get; init; }

    public RecordType Type { get; init; }

    /// <summary>15 bits; all 16 for <see cref="RecordType.Opt"/>, where they are a size (RFC 6891 §6.1.2).</summary>
    public ushort Class { get; init; }

    /// <summary>In responses: other data of this name, type and class is out of date (RFC 6762 §10.2). Never set for OPT.</summary>
    public bool CacheFlush { get; init; }

    /// <summary>Seconds; 0 when the top bit was set (RFC 2181 §8). For OPT the four bytes as they are.</summary>
    public uint Ttl { get; init; }

    /// <summary>As it lies in the datagram: names in it may be compressed.</summary>
    public ReadOnlySpan<byte> Rdata => _datagram.Slice(_rdataAt, _rdataLength);

    /// <summary>The data with the names in it uncompressed: the form to compare, keep and build. False when it does not fit.</summary>
    public bool TryCopyRdata(Span<byte> destination, out int length) =>
        RdataShape.TryDecompress(_datagram, _rdataAt, _rdataLength, Type, destination, out length);
}
