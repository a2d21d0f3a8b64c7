using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Wire;

/// <summary>Where names lie in the data of a type: some bytes, some names, and what follows them.</summary>
/// <param name="Fixed">Bytes before the first name.</param>
/// <param name="Names">Names one after the other; 0 for types whose data we copy as it is.</param>
/// <param name="Tail">Bytes after the last name, or <see cref="AnyTail"/>.</param>
/// <remarks>
/// Only the types of RFC 6762 §18.14 have names that may be compressed. In all others, unknown ones included, a pointer would be
/// nonsense, so their data is opaque (RFC 3597 §4).
/// </remarks>
internal readonly record struct RdataShape(int Fixed, int Names, int Tail)
{
    private const int AnyTail = -1;

    private static readonly RdataShape Opaque = new(0, 0, AnyTail);

    public static RdataShape Of(RecordType type) => type switch
    {
        RecordType.Ptr or RecordType.Cname or RecordType.Ns or RecordType.Dname => new(0, 1, 0),
        RecordType.Srv => new(DnsLimits.SrvFixedPart, 1, 0),
        RecordType.Nsec => new(0, 1, AnyTail),
        RecordType.Mx or RecordType.Afsdb or RecordType.Rt or RecordType.Kx => new(DnsLimits.PreferenceLength, 1, 0),
        RecordType.Px => new(DnsLimits.PreferenceLength, 2, 0),
        RecordType.Rp => new(0, 2, 0),
        RecordType.Soa => new(0, 2, DnsLimits.SoaTail),
        _ => Opaque,
    };

    /// <summary>Is the data what its type says, to the byte (RFC 1035 §4.1.3)?</summary>
    public static WireError Check(ReadOnlySpan<byte> datagram, int at, int length, RecordType type)
    {
        var rdata = datagram.Slice(at, length);
        switch (type)
        {
            case RecordType.A:
                return length == DnsLimits.IPv4Length ? WireError.None : WireError.BadRdata;
            case RecordType.Aaaa:
                return length == DnsLimits.IPv6Length ? WireError.None : WireError.BadRdata;
            case RecordType.Txt:
                return TxtRecord.Check(rdata);
            default:
                break;
        }

        var shape = Of(type);
        if (shape.Names == 0)
        {
            return WireError.None;
        }

        var (end, tail) = (at + length, at + shape.Fixed);
        for (var name = 0; name < shape.Names; name++)
        {
            if (NameScan.Check(datagram, tail, end, out tail, out _) is not WireError.None and var error)
            {
                return error;
            }
        }

        if (type == RecordType.Nsec)
        {
            return NsecRecord.CheckBitmaps(datagram[tail..end]);
        }

        return end - tail == shape.Tail ? WireError.None : WireError.BadRdata;
    }

    /// <summary>For data that <see cref="Check"/> found right.</summary>
    public static bool TryDecompress(
        ReadOnlySpan<byte> datagram, int at, int length, RecordType type, Span<byte> destination, out int written)
    {
        written = 0;
        var shape = Of(type);
        var end = at + length;
        if (shape.Names > 0)
        {
            if (destination.Length < shape.Fixed)
            {
                return false;
            }

            datagram.Slice(at, shape.Fixed).CopyTo(destination);
            at += shape.Fixed;
            written = shape.Fixed;
            for (var name = 0; name < shape.Names; name++)
            {
                if (NameScan.Check(datagram, at, end, out var next, out var nameLength) != WireError.None
                    || destination.Length - written < nameLength)
                {
                    written = 0;
                    return false;
                }

                written += new DnsName(datagram, at, nameLength).CopyTo(destination[written..]);
                at = next;
            }
        }

        if (!datagram[at..end].TryCopyTo(destination[written..]))
        {
            written = 0;
            return false;
        }

        written += end - at;
        return true;
    }
}
