using System.Diagnostics.CodeAnalysis;

namespace Beacon.Mdns.Wire;

/// <summary>A name as it lies in a datagram, checked and perhaps compressed. Lives as long as the datagram's bytes stay as they are.</summary>
public readonly ref struct DnsName
{
    private readonly ReadOnlySpan<byte> _datagram;
    private readonly int _start;

    internal DnsName(ReadOnlySpan<byte> datagram, int start, int length)
    {
        _datagram = datagram;
        _start = start;
        Length = length;
    }

    /// <summary>Bytes without compression, the root's zero included; at most <see cref="DnsLimits.NameLength"/>.</summary>
    public int Length { get; }

    public LabelEnumerator Labels => new(_datagram, _start);

    /// <summary>Writes the name without compression, case as received, and returns its length.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes; <see cref="DnsLimits.NameLength"/> always suffice.</param>
    public int CopyTo(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            ThrowTooShort();
        }

        var at = 0;
        foreach (var label in Labels)
        {
            destination[at++] = (byte)label.Length;
            label.CopyTo(destination[at..]);
            at += label.Length;
        }

        destination[at++] = 0;
        return at;
    }

    /// <summary>ASCII letters match whatever their case, every other byte exactly (RFC 6762 §16).</summary>
    public bool Equals(ReadOnlySpan<byte> uncompressed)
    {
        if (uncompressed.Length != Length)
        {
            return false;
        }

        var at = 0;
        foreach (var label in Labels)
        {
            if (uncompressed[at] != label.Length || !LabelByte.EqualsFolded(label, uncompressed.Slice(at + 1, label.Length)))
            {
                return false;
            }

            at += label.Length + 1;
        }

        return uncompressed[at] == 0;
    }

    /// <summary>The same as <see cref="WireName.Hash"/> of the same name in any case.</summary>
    public int Hash32()
    {
        var hash = new NameHash();
        foreach (var label in Labels)
        {
            hash.Add(label);
        }

        return hash.Value;
    }

    public override string ToString() => WireName.ToText(Labels);

    [DoesNotReturn]
    private static void ThrowTooShort() => throw new ArgumentException("The destination is shorter than the name.");
}
