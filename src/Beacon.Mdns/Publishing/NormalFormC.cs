using System.Runtime.InteropServices;
using System.Text;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// Unicode normal form C, which every name on the wire has (RFC 5198 §3): <c>e</c> and a combining accent become <c>é</c>. Done by
/// hand, because <see cref="string.Normalize()"/> returns its input unchanged when the runtime carries no culture data.
/// </summary>
internal static partial class NormalFormC
{
    /// <summary>Nothing below needs work: the first combining mark is U+0300.</summary>
    private const char FirstOfInterest = '\u0300';

    // Hangul syllables are composed by arithmetic (Unicode §3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    private static readonly Tables Loaded = new();

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstOfInterest, char.MaxValue))
        {
            return text;
        }

        var runes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, runes);
        }

        Reorder(runes);
        Recompose(runes);
        var result = new StringBuilder(runes.Count);
        foreach (var rune in runes)
        {
            result.Append(new Rune(rune).ToString());
        }

        return result.ToString();
    }

    private static void Decompose(int rune, List<int> into)
    {
        if (rune is >= SyllableBase and < SyllableBase + (LeadCount * VowelCount * TailCount))
        {
            var index = rune - SyllableBase;
            into.Add(LeadBase + (index / (VowelCount * TailCount)));
            into.Add(VowelBase + (index % (VowelCount * TailCount) / TailCount));
            if (index % TailCount != 0)
            {
                into.Add(TailBase + (index % TailCount));
            }
        }
        else if (Loaded.Parts.TryGetValue(rune, out var parts))
        {
            Decompose(parts.First, into);
            if (parts.Second != 0)
            {
                Decompose(parts.Second, into);
            }
        }
        else
        {
            into.Add(rune);
        }
    }

    /// <summary>Marks on one base character come in the order of their classes; equal ones keep theirs.</summary>
    private static void Reorder(List<int> runes)
    {
        for (var at = 1; at < runes.Count; at++)
        {
            var rune = runes[at];
            var order = ClassOf(rune);
            var to = at;
            while (order != 0 && to > 0 && ClassOf(runes[to - 1]) > order)
            {
                runes[to] = runes[to - 1];
                to--;
            }

            runes[to] = rune;
        }
    }

    private static void Recompose(List<int> runes)
    {
        var starter = -1;
        var lastClass = 0;
        var kept = 0;
        for (var at = 0; at < runes.Count; at++)
        {
            var rune = runes[at];
            var order = ClassOf(rune);
            var isBlocked = starter != kept - 1 && lastClass >= order;
            if (starter >= 0 && !isBlocked && TryCompose(runes[starter], rune, out var composed))
            {
                runes[starter] = composed;
                continue;
            }

            if (order == 0)
            {
                starter = kept;
            }

            lastClass = order;
            runes[kept++] = rune;
        }

        CollectionsMarshal.SetCount(runes, kept);
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
        {
            composed = SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
            return true;
        }

        var syllable = first - SyllableBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0
            && second is > TailBase and < TailBase + TailCount)
        {
            composed = first + second - TailBase;
            return true;
        }

        return Loaded.Composed.TryGetValue((first, second), out composed);
    }

    private static int ClassOf(int rune) => rune < FirstOfInterest ? 0 : Loaded.Classes.GetValueOrDefault(rune);

    /// <summary>Filled at the first name that needs them.</summary>
    private sealed class Tables
    {
        public Tables()
        {
            for (var at = 0; at < Pairs.Length; at += 4)
            {
                Parts[Pairs[at]] = (Pairs[at + 1], Pairs[at + 2]);
                if (Pairs[at + 3] == 1)
                {
                    Composed[(Pairs[at + 1], Pairs[at + 2])] = Pairs[at];
                }
            }

            for (var at = 0; at < Singles.Length; at += 2)
            {
                Parts[Singles[at]] = (Singles[at + 1], 0);
            }

            for (var at = 0; at < NormalFormC.Classes.Length; at += 3)
            {
                for (int rune = NormalFormC.Classes[at]; rune <= NormalFormC.Classes[at + 1]; rune++)
                {
                    Classes[rune] = NormalFormC.Classes[at + 2];
                }
            }
        }

        public Dictionary<int, (int First, int Second)> Parts { get; } = [];

        public Dictionary<(int First, int Second), int> Composed { get; } = [];

        public Dictionary<int, int> Classes { get; } = [];
    }
}
