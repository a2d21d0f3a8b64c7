namespace Beacon.Mdns.Wire.Rdata;

/// <summary>Another name (RFC 1035 §3.3.12). Its data in uncompressed form is that name.</summary>
public static class PtrRecord
{
    /// <exception cref="ArgumentException">Not an uncompressed name.</exception>
    public static byte[] Build(ReadOnlySpan<byte> target) => WireName.IsValid(target)
        ? target.ToArray()
        : throw new ArgumentException("Not a name in uncompressed form.", nameof(target));

    /// <param name="canonicalRdata">Uncompressed, see <see cref="DnsRecord.TryCopyRdata"/>.</param>
    public static WireError TryRead(ReadOnlySpan<byte> canonicalRdata, out ReadOnlySpan<byte> target)
    {
        var isRight = WireName.IsValid(canonicalRdata);
        target = isRight ? canonicalRdata : default;
        return isRight ? WireError.None : WireError.BadRdata;
    }
}
