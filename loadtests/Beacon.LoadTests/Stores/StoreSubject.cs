using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Beacon.LoadTests.Lab;
using Beacon.Testing.Mongo;

namespace Beacon.LoadTests.Stores;

/// <summary>The published binary with one kind of store, on an empty data directory.</summary>
internal sealed class StoreSubject : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly Running _process;
    private readonly MongoTestServer? _mongo;
    private readonly string _directory;

    private StoreSubject(Running process, MongoTestServer? mongo, string directory, Uri address)
    {
        _process = process;
        _mongo = mongo;
        _directory = directory;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<StoreSubject> StartAsync(StoreKind kind, StoreScenarioOptions options)
    {
        var directory = Path.Combine(kind == StoreKind.Memory ? Memory : Path.GetFullPath(options.Results), $"beacon-{kind}-{Environment.ProcessId}");
        Directory.CreateDirectory(directory);
        var mongo = kind == StoreKind.Mongo ? MakeMongo(directory) : null;
        var port = FreePort();
        var log = Path.Combine(directory, "beacon.log");
        string[] command =
        [
            options.Beacon, "serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--host", "127.0.0.1", "--data-dir", Path.Combine(directory, "data"),
            "--mdns", "off", "--log-level", "warning", .. mongo is null ? [] : (string[])["--mongodb-url", mongo.Url("beacon", "umbrel:secret")],
        ];
        var process = Running.Start(command, log);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var probe = new HttpClient { BaseAddress = address };
        await process.WaitForAsync(() => IsReady(probe), StartLimit, "Beacon");
        return new StoreSubject(process, mongo, directory, address);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _mongo?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static MongoTestServer MakeMongo(string directory) => new(new MongoTestServerOptions
    {
        ReplicaSet = "rs0",
        File = Path.Combine(directory, "mongo.journal"),
        Users = new Dictionary<string, string> { ["beacon/umbrel"] = "secret" },
    });

    private static bool IsReady(HttpClient probe)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/ready");
            using var answer = probe.Send(request);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
