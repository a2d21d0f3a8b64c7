namespace Beacon.Mdns.Wire.Rdata;

/// <summary>The types a name has, and by that all it has not, in the restricted form of RFC 6762 §6.1: types 1 to 255 only.</summary>
public readonly ref struct NsecRecord
{
    private const int BitsPerByte = 8;
    private const int FirstBit = 0x80;
    private const int TypesPerWindow = 256;

    private readonly ReadOnlySpan<byte> _bitmap;

    private NsecRecord(ReadOnlySpan<byte> nextName, ReadOnlySpan<byte> bitmap)
    {
        NextName = nextName;
        _bitmap = bitmap;
    }

    /// <summary>Uncompressed; in mDNS the record's own name.</summary>
    public ReadOnlySpan<byte> NextName { get; }

    /// <summary>NSEC itself is left out even when given: the record says nothing about itself (RFC 6762 §6.1).</summary>
    /// <exception cref="ArgumentException">A type above 255, no type at all, or no uncompressed name.</exception>
    public static byte[] Build(ReadOnlySpan<byte> name, ReadOnlySpan<RecordType> types)
    {
        Span<byte> bitmap = stackalloc byte[DnsLimits.NsecBitmapLength];
        bitmap.Clear();
        var length = 0;
        foreach (var type in types)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)type, TypesPerWindow, nameof(types));
            if (type != RecordType.Nsec)
            {
                bitmap[(int)type / BitsPerByte] |= (byte)(FirstBit >> ((int)type % BitsPerByte));
                length = Math.Max(length, ((int)type / BitsPerByte) + 1);
            }
        }

        if (length == 0 || !WireName.IsValid(name))
        {
            throw new ArgumentException("An NSEC record has a name and at least one type.", nameof(types));
        }

        var rdata = new byte[name.Length + DnsLimits.NsecWindowHeader + length];
        name.CopyTo(rdata);
        rdata[name.Length + 1] = (byte)length;
        bitmap[..length].CopyTo(rdata.AsSpan(name.Length + DnsLimits.NsecWindowHeader));
        return rdata;
    }

    /// <param name="canonicalRdata">Uncompressed, see <see cref="DnsRecord.TryCopyRdata"/>.</param>
    public static WireError TryRead(ReadOnlySpan<byte> canonicalRdata, out NsecRecord record)
    {
        record = default;
        var nameLength = WireName.Length(canonicalRdata);
        if (nameLength == 0 || CheckBitmaps(canonicalRdata[nameLength..]) != WireError.None)
        {
            return WireError.BadRdata;
        }

        var windows = canonicalRdata[nameLength..];
        var bitmap = windows[0] == 0 ? windows.Slice(DnsLimits.NsecWindowHeader, windows[1]) : default;
        record = new NsecRecord(canonicalRdata[..nameLength], bitmap);
        return WireError.None;
    }

    /// <summary>Windows in rising order, each with 1 to 32 bytes, ending where the data ends (RFC 4034 §4.1.2).</summary>
    internal static WireError CheckBitmaps(ReadOnlySpan<byte> windows)
    {
        var last = -1;
        do
        {
            if (windows.Length < DnsLimits.NsecWindowHeader
                || windows[0] <= last
                || windows[1] is 0 or > DnsLimits.NsecBitmapLength
                || windows.Length - DnsLimits.NsecWindowHeader < windows[1])
            {
                return WireError.BadRdata;
            }

            last = windows[0];
            windows = windows[(DnsLimits.NsecWindowHeader + windows[1])..];
        }
        while (!windows.IsEmpty);

        return WireError.None;
    }

    /// <summary>Does the name have records of this type? False for types above 255.</summary>
    public bool Has(RecordType type)
    {
        var at = (int)type / BitsPerByte;
        return at < _bitmap.Length && (_bitmap[at] & (FirstBit >> ((int)type % BitsPerByte))) != 0;
    }
}
