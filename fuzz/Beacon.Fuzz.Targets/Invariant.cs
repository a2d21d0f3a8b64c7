using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Beacon.Fuzz.Targets;

/// <summary>What must hold whatever the input is. A fuzzer takes the exception for a crash and keeps the input.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string sentence)
    {
        if (!condition)
        {
            throw new UnreachableException(sentence);
        }
    }
}
