using System.Globalization;
using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Features.Health;

/// <summary>
/// Names one value in JSON: members behind dots, elements in brackets, as in <c>checks[0].state</c>; a <c>$</c> for the whole may stand in
/// front.
/// </summary>
public static class HealthJsonPath
{
    /// <summary>Digits of an index; a body has no room for more elements.</summary>
    private const int MostDigits = 6;

    public static bool IsValid(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length is 0 or > ServiceLimits.MaxJsonPath)
        {
            return false;
        }

        var rest = WithoutRoot(path);
        var steps = 0;
        for (; rest.Length > 0; steps++)
        {
            if (!TryStep(ref rest, steps == 0, out _, out _))
            {
                return false;
            }
        }

        return steps > 0;
    }

    internal static bool TryFind(JsonElement root, string path, out JsonElement value)
    {
        value = root;
        var rest = WithoutRoot(path);
        for (var isFirst = true; rest.Length > 0; isFirst = false)
        {
            if (!TryStep(ref rest, isFirst, out var member, out var index))
            {
                return false;
            }

            if (member.Length > 0)
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(member, out value))
                {
                    return false;
                }
            }
            else if (value.ValueKind == JsonValueKind.Array && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static ReadOnlySpan<char> WithoutRoot(string path) =>
        path.StartsWith("$.", StringComparison.Ordinal) ? path.AsSpan(2)
        : path.StartsWith("$[", StringComparison.Ordinal) ? path.AsSpan(1)
        : path;

    /// <summary>Takes one member (then <paramref name="member"/> is not empty) or one index off the front.</summary>
    private static bool TryStep(ref ReadOnlySpan<char> rest, bool isFirst, out ReadOnlySpan<char> member, out int index)
    {
        member = default;
        index = 0;
        if (rest[0] == '[')
        {
            var end = rest.IndexOf(']');
            var isIndex = end is > 1 and <= MostDigits + 1
                && int.TryParse(rest[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out index);
            rest = isIndex ? rest[(end + 1)..] : rest;
            return isIndex;
        }

        if (!isFirst)
        {
            if (rest[0] != '.')
            {
                return false;
            }

            rest = rest[1..];
        }

        var length = rest.IndexOfAny('.', '[', ']');
        length = length < 0 ? rest.Length : length;
        member = rest[..length];
        rest = rest[length..];
        return member.Length > 0 && !member.ContainsAnyInRange('\0', '\u001f') && (rest.Length == 0 || rest[0] != ']');
    }
}
