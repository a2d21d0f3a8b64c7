namespace Beacon.Native.Tests.Support;

/// <summary>A run of the binary that came to its own end.</summary>
internal sealed record FinishedRun(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
