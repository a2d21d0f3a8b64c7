namespace Beacon.Storage.Tests.Support;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("beacon-storage-").FullName;

    public string Database => File("beacon.db");

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Names of the files in it, sorted.</summary>
    public string[] Names() => [.. Directory.GetFiles(Root).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
