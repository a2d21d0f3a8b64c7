using System.Diagnostics.CodeAnalysis;

namespace Beacon.Testing;

/// <summary>What a network, a bad device or an enemy does to a packet.</summary>
public static class Damage
{
    /// <summary>One of the packets, cut, joined to a piece of another, with some bytes changed.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Repeatable from a printed seed.")]
    public static byte[] Random(Random random, byte[][] packets)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(packets);
        var packet = packets[random.Next(packets.Length)];
        var other = packets[random.Next(packets.Length)];
        byte[] damaged = random.Next(4) switch
        {
            0 => packet[..random.Next(packet.Length + 1)],
            1 => [.. packet[..random.Next(packet.Length + 1)], .. other[random.Next(other.Length)..]],
            _ => [.. packet],
        };
        for (var changes = random.Next(6); changes > 0 && damaged.Length > 0; changes--)
        {
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        }

        return damaged;
    }

    /// <summary>The packet with each of its bits flipped once, one after the other.</summary>
    public static IEnumerable<byte[]> EachBitFlipped(byte[] packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        for (var bit = 0; bit < packet.Length * 8; bit++)
        {
            var flipped = (byte[])packet.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    /// <summary>The packet with whatever looks like a pointer redirected to each offset, one after the other.</summary>
    public static IEnumerable<byte[]> EachPointerRedirected(byte[] packet)
    {
        const int HeaderLength = 12;
        const byte PointerBits = 0xC0;
        ArgumentNullException.ThrowIfNull(packet);
        for (var at = HeaderLength; at < packet.Length - 1; at++)
        {
            for (var target = 0; packet[at] >= PointerBits && target <= packet.Length; target++)
            {
                var redirected = (byte[])packet.Clone();
                redirected[at] = (byte)(PointerBits | (target >> 8));
                redirected[at + 1] = (byte)target;
                yield return redirected;
            }
        }
    }

    /// <summary>The packet cut at each byte.</summary>
    public static IEnumerable<byte[]> EachCut(byte[] packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        for (var length = 0; length < packet.Length; length++)
        {
            yield return packet[..length];
        }
    }
}
