using System.Diagnostics;

namespace Beacon.Aot.Api.Docs;

/// <summary>A file that is part of the program.</summary>
internal static class EmbeddedFile
{
    private const string Folder = "docs/";

    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new UnreachableException($"The program was built without {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
