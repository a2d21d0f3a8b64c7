using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Records;

/// <summary>Equality of record data as known answers and conflicts need it: names in it ignore ASCII case, all else is bytes.</summary>
internal static class RdataComparer
{
    /// <summary>Priority, weight and port before the target of an SRV record (RFC 2782).</summary>
    private const int SrvFixedPart = 6;

    /// <param name="left">Uncompressed form, well formed.</param>
    /// <param name="right">Likewise.</param>
    public static bool Same(RecordType type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right))
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        return type switch
        {
            RecordType.Ptr => WireName.Equals(left, right),
            RecordType.Srv when left.Length > SrvFixedPart =>
                left[..SrvFixedPart].SequenceEqual(right[..SrvFixedPart])
                && WireName.Equals(left[SrvFixedPart..], right[SrvFixedPart..]),
            _ => false,
        };
    }
}
