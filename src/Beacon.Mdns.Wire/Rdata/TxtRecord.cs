namespace Beacon.Mdns.Wire.Rdata;

/// <summary>Strings of up to 255 bytes, one after the other (RFC 1035 §3.3.14, RFC 6763 §6). Enumerated as they lie in the data.</summary>
public ref struct TxtRecord
{
    private ReadOnlySpan<byte> _rest;

    private TxtRecord(ReadOnlySpan<byte> rdata)
    {
        _rest = rdata;
    }

    /// <summary>No attributes: one empty string, because data of length 0 is not allowed (RFC 6763 §6.1).</summary>
    public static ReadOnlySpan<byte> Empty => [0];

    public ReadOnlySpan<byte> Current { get; private set; }

    /// <exception cref="ArgumentException">A string is longer than 255 bytes.</exception>
    public static byte[] Build(params ReadOnlySpan<byte[]> strings)
    {
        if (strings.IsEmpty)
        {
            return Empty.ToArray();
        }

        var length = 0;
        foreach (var text in strings)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, DnsLimits.TxtStringLength);
            length += text.Length + 1;
        }

        var rdata = new byte[length];
        var at = 0;
        foreach (var text in strings)
        {
            rdata[at++] = (byte)text.Length;
            text.CopyTo(rdata, at);
            at += text.Length;
        }

        return rdata;
    }

    public static WireError TryRead(ReadOnlySpan<byte> rdata, out TxtRecord record)
    {
        var error = Check(rdata);
        record = new TxtRecord(error == WireError.None ? rdata : default);
        return error;
    }

    /// <summary>Strings must end where the data ends. No data at all is read like <see cref="Empty"/> (RFC 6763 §6.1).</summary>
    internal static WireError Check(ReadOnlySpan<byte> rdata)
    {
        var at = 0;
        while (at < rdata.Length)
        {
            at += rdata[at] + 1;
        }

        return at == rdata.Length ? WireError.None : WireError.BadRdata;
    }

    public readonly TxtRecord GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        Current = _rest.Slice(1, _rest[0]);
        _rest = _rest[(_rest[0] + 1)..];
        return true;
    }
}
