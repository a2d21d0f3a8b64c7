namespace Beacon.Testing;

/// <summary>Captured packets, see Corpus/README.md. They lie beside the test program.</summary>
public static class CorpusFiles
{
    /// <summary>Names without folder and ending, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.bin").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".bin"));
}
