using System.Runtime.CompilerServices;

namespace Beacon.Aot.Tests.Docs;

/// <summary>Files checked in beside the code; tests compare with them and rewrite them when asked to.</summary>
internal static class RepositoryFiles
{
    /// <summary>Set to 1, tests write what they got instead of comparing; the difference is then seen in review.</summary>
    public const string UpdateVariable = "BEACON_UPDATE_SNAPSHOTS";

    public static bool Update => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    public static string Root { get; } = FindRoot();

    public static void Check(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{path} does not exist; run once with {UpdateVariable}=1.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // A deterministic build maps source paths to /_/, so the tests' own folder is the second clue.
        foreach (var start in new[] { Path.GetDirectoryName(here)!, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Beacon.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new InvalidOperationException("Not inside the repository.");
    }
}
