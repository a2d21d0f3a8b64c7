using System.Buffers.Binary;
using Microsoft.Extensions.Primitives;

namespace Beacon.Aot.Api;

/// <summary>
/// Strong entity tags made from the bytes of the answer. Not from the registry's revision: a heartbeat moves <c>expires_at</c> without
/// changing the revision, and a tag must change with every byte shown (RFC 9110 §8.8.1).
/// </summary>
internal static class EntityTag
{
    // Two odd constants with well-spread bits; the tag only has to tell apart answers of one address, not withstand a forger.
    private const ulong Seed = 0x9E3779B97F4A7C15;
    private const ulong Multiplier = 0xD6E8FEB86659FD93;

    public static string Of(ReadOnlySpan<byte> body) => $"\"{Hash(body):x16}\"";

    /// <summary>True when the client holds this very answer already (<c>If-None-Match</c>, RFC 9110 §13.1.2: weak comparison).</summary>
    public static bool Matches(StringValues ifNoneMatch, string tag)
    {
        foreach (var line in ifNoneMatch)
        {
            // Our tags are hexadecimal in quotes, so finding one inside the list needs no parser.
            if (line is not null && (line.Contains(tag, StringComparison.Ordinal) || line.AsSpan().Trim() is "*"))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Hash(ReadOnlySpan<byte> body)
    {
        var hash = Mix(Seed, (ulong)body.Length);
        while (body.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(body));
            body = body[sizeof(ulong)..];
        }

        Span<byte> rest = stackalloc byte[sizeof(ulong)];
        rest.Clear();
        body.CopyTo(rest);
        return Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
    }

    /// <summary>Both halves of a 128-bit product, folded: every input bit reaches every output bit.</summary>
    private static ulong Mix(ulong hash, ulong word)
    {
        var high = Math.BigMul(hash ^ word ^ Seed, Multiplier, out var low);
        return high ^ low ^ ulong.RotateLeft(hash, 29);
    }
}
