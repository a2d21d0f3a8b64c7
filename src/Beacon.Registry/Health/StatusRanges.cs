using System.Globalization;

namespace Beacon.Registry.Health;

/// <summary>HTTP statuses that count as healthy, as a person writes them: <c>200-299</c>, <c>200,204,301-302</c>.</summary>
public static class StatusRanges
{
    /// <summary>Any success (RFC 9110 §15.3).</summary>
    public const string Default = "200-299";

    private const int Least = 100;
    private const int Most = 599;

    /// <summary>Non-empty, every part a status from 100 to 599 or a range of them, the lower one first.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split(','))
        {
            if (!TryRead(text[part], out _, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="text">A valid one.</param>
    public static bool Contains(ReadOnlySpan<char> text, int status)
    {
        foreach (var part in text.Split(','))
        {
            if (TryRead(text[part], out var from, out var to) && status >= from && status <= to)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryRead(ReadOnlySpan<char> part, out int from, out int to)
    {
        var dash = part.IndexOf('-');
        var lower = (dash < 0 ? part : part[..dash]).Trim();
        var upper = (dash < 0 ? part : part[(dash + 1)..]).Trim();
        to = 0;
        return int.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out from)
            && int.TryParse(upper, NumberStyles.None, CultureInfo.InvariantCulture, out to)
            && from is >= Least and <= Most && to is >= Least and <= Most && from <= to;
    }
}
