using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beacon.LoadTests.Lab;

/// <summary>The published binary on loopback, without mDNS, ready to be asked. Its data is kept or deleted by whoever gave the directory.</summary>
internal sealed class BeaconServer : IAsyncDisposable
{
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Running _process;

    private BeaconServer(Running process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <param name="directory">Data and log go there.</param>
    /// <param name="arguments">What comes behind the usual ones.</param>
    public static Task<BeaconServer> StartAsync(string binary, string directory, params string[] arguments) =>
        StartAsync([binary], directory, arguments);

    /// <param name="command">The binary, behind whatever is to start it: taskset, systemd-run.</param>
    /// <param name="directory">Data and log go there.</param>
    /// <param name="arguments">What comes behind the usual ones.</param>
    public static async Task<BeaconServer> StartAsync(IReadOnlyList<string> command, string directory, params string[] arguments)
    {
        Directory.CreateDirectory(directory);
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var process = Running.Start(
            [
                .. command, "serve", "--host", "127.0.0.1", "--port", port, "--data-dir", Path.Combine(directory, "data"), "--mdns", "off", "--log-format", "json",
                .. arguments,
            ],
            Path.Combine(directory, "beacon.log"));
        var server = new BeaconServer(process, new Uri($"http://127.0.0.1:{port}"));
        using var probe = new HttpClient { BaseAddress = server.Address };
        await process.WaitForAsync(() => Answers(probe, "/api/v1/ready"), StartLimit, "Beacon");
        return server;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Memory in RAM.</summary>
    public long ResidentBytes() => ResidentBytes(Id);

    /// <summary>What the process had written to the disk, or will have once the system flushes its cache.</summary>
    public long WrittenBytes() => Field(Id, "io", "write_bytes:");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    public static long ResidentBytes(int process) => Field(process, "status", "VmRSS:") * 1024;

    private static long Field(int process, string file, string name)
    {
        var line = File.ReadLines($"/proc/{process}/{file}").First(x => x.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture);
    }

    public static bool Answers(HttpClient probe, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var answer = probe.Send(request);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
