using Beacon.LoadTests.Lab;
using Beacon.Testing.Mongo;

namespace Beacon.LoadTests.Stores;

/// <summary>The published binary with one kind of store, on an empty data directory.</summary>
internal sealed class StoreSubject : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private readonly BeaconServer _beacon;
    private readonly MongoTestServer? _mongo;
    private readonly string _directory;

    private StoreSubject(BeaconServer beacon, MongoTestServer? mongo, string directory) => (_beacon, _mongo, _directory) = (beacon, mongo, directory);

    public Uri Address => _beacon.Address;

    public static async Task<StoreSubject> StartAsync(StoreKind kind, StoreScenarioOptions options)
    {
        var directory = Path.Combine(kind == StoreKind.Memory ? Memory : Path.GetFullPath(options.Results), $"beacon-{kind}-{Environment.ProcessId}");
        Directory.CreateDirectory(directory);
        var mongo = kind == StoreKind.Mongo ? MakeMongo(directory) : null;
        string[] arguments = ["--log-level", "warning", .. mongo is null ? [] : (string[])["--mongodb-url", mongo.Url("beacon", "umbrel:secret")]];
        return new StoreSubject(await BeaconServer.StartAsync(options.Beacon, directory, arguments), mongo, directory);
    }

    public async ValueTask DisposeAsync()
    {
        await _beacon.DisposeAsync();
        _mongo?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static MongoTestServer MakeMongo(string directory) => new(new MongoTestServerOptions
    {
        ReplicaSet = "rs0",
        File = Path.Combine(directory, "mongo.journal"),
        Users = new Dictionary<string, string> { ["beacon/umbrel"] = "secret" },
    });
}
