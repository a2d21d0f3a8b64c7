using System.Text;
using Beacon.Aot.Ui;

namespace Beacon.Aot.Tests.Ui;

/// <summary>A dashboard of a few bytes.</summary>
internal sealed class FakeUi(params (string Name, string Content)[] files) : IUiSource
{
    public const string Page = "<html><head><base href=\"./\" /><meta name=\"beacon-api\" content=\"api/v1\" /></head></html>";

    public static FakeUi Whole { get; } = new(
        ("index.html", Page),
        ("icon.svg", "<svg/>"),
        ("assets/main-1a2b.js", "plain"),
        ("assets/main-1a2b.js.gz", "gzip"));

    public IReadOnlyCollection<string> Names => [.. files.Select(file => file.Name)];

    public byte[] Read(string name) => Encoding.UTF8.GetBytes(files.Single(file => file.Name == name).Content);
}
