using System.Diagnostics;
using System.IO.Compression;

namespace Beacon.Aot.Ui;

/// <summary>
/// The dashboard as it was built into the program; empty when the program was built without it. What is packed is carried in that form
/// alone, and unpacked for the rare client that takes no other.
/// </summary>
internal sealed class EmbeddedUi : IUiSource
{
    private const string Folder = "ui/";

    private readonly HashSet<string> _held =
        [.. typeof(EmbeddedUi).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..])];

    public EmbeddedUi() => Names = [.. _held.Concat(_held.Where(IsPacked).Select(name => name[..^ContentCoding.Gzip.Suffix.Length])).Distinct()];

    public IReadOnlyCollection<string> Names { get; }

    public byte[] Read(string name)
    {
        if (_held.Contains(name))
        {
            using var stream = Open(name);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        using var unpacked = new MemoryStream();
        using var packed = new GZipStream(Open(name + ContentCoding.Gzip.Suffix), CompressionMode.Decompress);
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static bool IsPacked(string name) => name.EndsWith(ContentCoding.Gzip.Suffix, StringComparison.Ordinal);

    private static Stream Open(string name) => typeof(EmbeddedUi).Assembly.GetManifestResourceStream(Folder + name)
        ?? throw new UnreachableException($"The program was built without {name}.");
}
