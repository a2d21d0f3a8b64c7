using System.IO.Compression;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// The least inputs that take every branch long runs found, per target. A run starts from them, and the ordinary tests hold the invariants
/// over them.
/// </summary>
internal static class KeptInputs
{
    /// <param name="target">As on the command line: reader, engine or querier.</param>
    public static IReadOnlyList<byte[]> Of(string target)
    {
        using var archive = ZipFile.OpenRead(Path.Combine(AppContext.BaseDirectory, "FuzzCorpus", target + ".zip"));
        return [.. archive.Entries.OrderBy(entry => entry.FullName, StringComparer.Ordinal).Select(Read)];
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
