using System.Runtime.CompilerServices;

namespace Beacon.Storage.Tests.Support;

/// <summary>For tests that await something in virtual time: what never comes fails the test instead of hanging the run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BoundedFactAttribute : FactAttribute
{
    /// <summary>Real time; hundreds of times what such a test takes.</summary>
    private const int Milliseconds = 10_000;

    public BoundedFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Timeout = Milliseconds;
}
