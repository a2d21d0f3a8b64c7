namespace Beacon.Mdns.Wire;

/// <summary>
/// Checks a name before anything is read from it. Pointers go to the message's body and strictly backwards, each further than the one
/// before, so that every chain ends (RFC 1035 §4.1.4, RFC 9267).
/// </summary>
internal static class NameScan
{
    /// <param name="start">Where the name begins.</param>
    /// <param name="limit">Where the part in place must end at the latest, for a name in rdata the end of the rdata.</param>
    /// <param name="end">First byte after the part in place.</param>
    /// <param name="length">Bytes of the name without compression.</param>
    public static WireError Check(ReadOnlySpan<byte> datagram, int start, int limit, out int end, out int length)
    {
        var (at, lowest, pointers) = (start, start, 0);
        (end, length) = (0, 0);
        while ((uint)at < (uint)limit)
        {
            int head = datagram[at];
            if (LabelByte.IsLabel(head))
            {
                at += head + 1;
                length += head + 1;
                if (length > DnsLimits.NameLength)
                {
                    return WireError.NameTooLong;
                }

                if (head == 0)
                {
                    end = end == 0 ? at : end;
                    return WireError.None;
                }

                continue;
            }

            if (!LabelByte.IsPointer(head))
            {
                return WireError.BadLabel;
            }

            if (limit - at < DnsLimits.PointerLength)
            {
                return WireError.Truncated;
            }

            var target = LabelByte.Target(head, datagram[at + 1]);
            if (target < DnsLimits.HeaderLength || target >= lowest || ++pointers > DnsLimits.Pointers)
            {
                return WireError.BadPointer;
            }

            end = end == 0 ? at + DnsLimits.PointerLength : end;
            (at, lowest, limit) = (target, target, datagram.Length);
        }

        return WireError.Truncated;
    }
}
