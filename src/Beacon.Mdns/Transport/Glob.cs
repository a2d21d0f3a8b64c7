namespace Beacon.Mdns.Transport;

/// <summary>Patterns for interface names: <c>*</c> is any text, <c>?</c> any one character; case counts.</summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        // Only the last star needs another try: an earlier one that could take more never helps.
        var (at, starAt, resumeAt, next) = (0, -1, 0, 0);
        while (next < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (starAt, resumeAt) = (at++, next);
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[next]))
            {
                at++;
                next++;
            }
            else if (starAt >= 0)
            {
                at = starAt + 1;
                next = ++resumeAt;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
