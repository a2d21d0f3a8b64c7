using System.Runtime.InteropServices;

namespace Beacon.Native.Tests;

/// <summary>The published program under test.</summary>
internal static class NativeBinary
{
    /// <summary>Names the binary; otherwise the one of the last publish in this checkout is used.</summary>
    private const string Variable = "BEACON_BINARY";

    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            return File.Exists(chosen) ? chosen : throw new FileNotFoundException($"{Variable} names a file that is not there", chosen);
        }

        var relative = System.IO.Path.Combine("artifacts", "native", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "beacon");
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = System.IO.Path.Combine(directory.FullName, relative);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"no published binary found; run ./build.sh publish, or set {Variable}", relative);
    }
}
