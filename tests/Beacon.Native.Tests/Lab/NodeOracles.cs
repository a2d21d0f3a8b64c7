namespace Beacon.Native.Tests.Lab;

/// <summary>Where the test verb has installed the packages of this folder's package.json.</summary>
internal static class NodeOracles
{
    public const string Refusal = "the oracles from npm are not installed (./build.sh test does it where npm is there)";

    /// <summary>Null when they are not installed.</summary>
    public static string? Modules { get; } = Find();

    private static string? Find()
    {
        var relative = Path.Combine("artifacts", "lab-node", "node_modules");
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, relative);
            if (Directory.Exists(Path.Combine(candidate, "bonjour-service")))
            {
                return candidate;
            }
        }

        return null;
    }
}
