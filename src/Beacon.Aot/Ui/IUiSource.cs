namespace Beacon.Aot.Ui;

/// <summary>The files of the built dashboard, by their path below its root: <c>index.html</c>, <c>assets/main-3f2a.js</c>, <c>assets/main-3f2a.js.br</c>.</summary>
internal interface IUiSource
{
    IReadOnlyCollection<string> Names { get; }

    byte[] Read(string name);
}
