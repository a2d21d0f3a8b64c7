using System.Diagnostics;

namespace Beacon.Aot.Ui;

/// <summary>The dashboard as it was built into the program; empty when the program was built without it.</summary>
internal sealed class EmbeddedUi : IUiSource
{
    private const string Folder = "ui/";

    public IReadOnlyCollection<string> Names { get; } =
        [.. typeof(EmbeddedUi).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..])];

    public byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedUi).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new UnreachableException($"The program was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
