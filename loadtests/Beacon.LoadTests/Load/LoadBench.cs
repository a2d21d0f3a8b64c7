using Beacon.LoadTests.Lab;

namespace Beacon.LoadTests.Load;

/// <summary>The servers of one round, started afresh and taken away with everything they wrote.</summary>
internal sealed class LoadBench : IAsyncDisposable
{
    private readonly string _directory;

    private LoadBench(string directory, BeaconServer beacon, BareServer? bare) => (_directory, Beacon, Bare) = (directory, beacon, bare);

    public BeaconServer Beacon { get; }

    /// <summary>Null when there is nothing to compare with.</summary>
    public BareServer? Bare { get; }

    /// <param name="parent">Where the data goes; null: beside the results, on a disk.</param>
    /// <param name="isPinned">On one core, which the asker is to leave alone.</param>
    /// <param name="environment">Of Beacon, as NAME=VALUE.</param>
    /// <param name="arguments">Of Beacon.</param>
    public static async Task<LoadBench> StartAsync(
        LoadOptions options, bool isPinned = true, string? parent = null, IReadOnlyList<string>? environment = null, params string[] arguments)
    {
        var directory = Path.Combine(Path.GetFullPath(parent ?? options.Results), $"load-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        var pinning = isPinned ? Cores.ForServer : [];
        var beacon = await BeaconServer.StartAsync([.. pinning, .. environment is { Count: > 0 } ? ["env", .. environment] : (string[])[], options.Beacon], directory, ["--log-level", "warning", .. arguments]);
        var bare = options.Bare is null ? null : await BareServer.StartAsync(options.Bare, Path.Combine(directory, "bare.log"), pinning);
        return new LoadBench(directory, beacon, bare);
    }

    public async ValueTask DisposeAsync()
    {
        await Beacon.DisposeAsync();
        if (Bare is not null)
        {
            await Bare.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
