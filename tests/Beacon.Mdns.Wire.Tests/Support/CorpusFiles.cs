namespace Beacon.Mdns.Wire.Tests.Support;

/// <summary>The captures that lie beside the tests.</summary>
internal static class CorpusFiles
{
    public static TheoryData<string> All() =>
        [.. Directory.EnumerateFiles(Folder, "*.bin").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".bin"));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");
}
