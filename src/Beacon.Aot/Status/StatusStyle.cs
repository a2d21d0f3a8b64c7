using System.Diagnostics;
using System.Text;

namespace Beacon.Aot.Status;

/// <summary>How the page looks: one style sheet inside it, and a policy that allows this one and nothing else.</summary>
internal static class StatusStyle
{
    /// <summary>Of <see cref="Text"/>; a test holds the two together. Written down, so that no library of ciphers is needed to serve a page.</summary>
    public const string Hash = "sha256-vNNcTjfv0aLokzsw6rysaFZ1zL6u1bqfK82W9zHtuUk=";

    public const string Policy = $"default-src 'none'; style-src '{Hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(StatusStyle).Assembly.GetManifestResourceStream("status/page.css")
            ?? throw new UnreachableException("The program was built without the style of the status page.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Trim();
    }
}
