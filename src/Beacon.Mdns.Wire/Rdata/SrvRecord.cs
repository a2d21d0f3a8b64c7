using System.Buffers.Binary;

namespace Beacon.Mdns.Wire.Rdata;

/// <summary>Where a service instance is (RFC 2782). mDNS itself uses priority and weight 0 (RFC 6763 §5).</summary>
public readonly ref struct SrvRecord
{
    private const int WeightAt = 2;
    private const int PortAt = 4;

    public ushort Priority { get; private init; }

    public ushort Weight { get; private init; }

    /// <summary>0 for a name that is only held so that nobody else takes it (RFC 6763 §8).</summary>
    public ushort Port { get; private init; }

    /// <summary>Uncompressed.</summary>
    public ReadOnlySpan<byte> Target { get; private init; }

    /// <exception cref="ArgumentException">The target is no uncompressed name.</exception>
    public static byte[] Build(ushort priority, ushort weight, ushort port, ReadOnlySpan<byte> target)
    {
        if (!WireName.IsValid(target))
        {
            throw new ArgumentException("Not a name in uncompressed form.", nameof(target));
        }

        var rdata = new byte[DnsLimits.SrvFixedPart + target.Length];
        BinaryPrimitives.WriteUInt16BigEndian(rdata, priority);
        BinaryPrimitives.WriteUInt16BigEndian(rdata.AsSpan(WeightAt), weight);
        BinaryPrimitives.WriteUInt16BigEndian(rdata.AsSpan(PortAt), port);
        target.CopyTo(rdata.AsSpan(DnsLimits.SrvFixedPart));
        return rdata;
    }

    /// <param name="canonicalRdata">Uncompressed, see <see cref="DnsRecord.TryCopyRdata"/>.</param>
    public static WireError TryRead(ReadOnlySpan<byte> canonicalRdata, out SrvRecord record)
    {
        if (canonicalRdata.Length <= DnsLimits.SrvFixedPart || !WireName.IsValid(canonicalRdata[DnsLimits.SrvFixedPart..]))
        {
            record = default;
            return WireError.BadRdata;
        }

        record = new SrvRecord
        {
            Priority = BinaryPrimitives.ReadUInt16BigEndian(canonicalRdata),
            Weight = BinaryPrimitives.ReadUInt16BigEndian(canonicalRdata[WeightAt..]),
            Port = BinaryPrimitives.ReadUInt16BigEndian(canonicalRdata[PortAt..]),
            Target = canonicalRdata[DnsLimits.SrvFixedPart..],
        };
        return WireError.None;
    }
}
