using System.Text;

namespace Beacon.Registry.Services;

/// <summary>
/// Gives equal texts one object. Types, hosts, tags, keys of metadata and most of its values repeat from service to service; a million
/// services would hold each of them a thousand times.
/// </summary>
/// <remarks>
/// Remembers 8,192 texts at most, and only short ones: one that another pushed out is merely held twice. So it needs no counting and nobody
/// can fill it. Not thread-safe: its owner locks.
/// </remarks>
public sealed class TextPool
{
    /// <summary>Characters. What is longer seldom repeats, and costs more to compare.</summary>
    private const int Longest = 64;

    /// <summary>A power of two, 64 KiB. More keep a text longer between two services that have it.</summary>
    private const int Places = 8192;

    private string?[]? _texts;

    public string Share(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Longest)
        {
            return text;
        }

        ref var held = ref PlaceOf(text.GetHashCode(StringComparison.Ordinal));
        if (held != text)
        {
            held = text;
        }

        return held;
    }

    /// <summary>The text that these bytes are; malformed ones are replaced as <see cref="Encoding.UTF8"/> does.</summary>
    public string Share(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var held = ref PlaceOf(hash.ToHashCode());
        if (held is null || !Ascii.Equals(utf8, held))
        {
            held = Encoding.UTF8.GetString(utf8);
        }

        return held;
    }

    private ref string? PlaceOf(int hash)
    {
        // Made for the first text: an idle registry does without.
        _texts ??= new string?[Places];
        return ref _texts[hash & (Places - 1)];
    }
}
