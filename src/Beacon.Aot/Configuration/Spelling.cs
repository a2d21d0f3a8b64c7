namespace Beacon.Aot.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Spelling
{
    /// <summary>More edits than this and the guess is more likely to mislead than to help.</summary>
    private const int MostEdits = 3;

    public static string? Nearest(string word, IEnumerable<string> known)
    {
        var (nearest, edits) = known
            .Select(x => (Word: x, Edits: Edits(word.ToUpperInvariant(), x.ToUpperInvariant())))
            .MinBy(x => x.Edits);
        return edits <= Math.Min(MostEdits, word.Length / 2) ? nearest : null;
    }

    /// <summary>Insertions, deletions and replacements from one word to the other (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
