using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Browsing;

/// <summary>One attribute of a service (RFC 6763 §6.4).</summary>
/// <param name="Value">Null when the key stands alone, which is not the same as an empty value. Bytes that are no text are escaped.</param>
public readonly record struct TxtPair(string Key, string? Value)
{
    /// <summary>Strings without a key are passed over, as RFC 6763 §6.4 asks for.</summary>
    internal static List<TxtPair> Read(ReadOnlySpan<byte> rdata)
    {
        List<TxtPair> attributes = [];
        if (TxtRecord.TryRead(rdata, out var strings) != WireError.None)
        {
            return attributes;
        }

        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in strings)
        {
            var equals = text.IndexOf((byte)'=');
            var key = WireName.LabelToText(equals < 0 ? text : text[..equals]);
            if (key.Length > 0 && keys.Add(key))
            {
                attributes.Add(new TxtPair(key, equals < 0 ? null : WireName.LabelToText(text[(equals + 1)..])));
            }
        }

        return attributes;
    }
}
