using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beacon.Client.Tests.Support;

/// <summary>The published binary on a port of its own. It can die and come back at the same address with nothing in its data directory.</summary>
public sealed class BeaconBinary : IAsyncLifetime
{
    private const string Variable = "BEACON_BINARY";
    private const int LowestPort = 18_500;
    private const int HighestPort = 18_599;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    private readonly List<DirectoryInfo> _folders = [];
    private Process? _process;

    public HttpClient Http { get; } = new();

    public int Port { get; } = FreePort();

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public ValueTask InitializeAsync() => StartAsync();

    public async ValueTask StartAsync()
    {
        var binary = Environment.GetEnvironmentVariable(Variable) ?? throw new InvalidOperationException($"{Variable} must name the published binary");
        var folder = Directory.CreateTempSubdirectory("beacon-clients-");
        _folders.Add(folder);
        string[] arguments = ["serve", "--port", Port.ToString(CultureInfo.InvariantCulture), "--data-dir", folder.FullName, "--mdns", "off"];
        var info = new ProcessStartInfo(binary, arguments) { RedirectStandardOutput = true };
        info.Environment.Remove("BEACON_URL");
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        for (var started = Stopwatch.GetTimestamp(); !await IsReadyAsync();)
        {
            Assert.False(_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit, "Beacon did not become ready");
            await Task.Delay(PollEvery);
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Http.Dispose();
        _folders.ForEach(folder => folder.Delete(recursive: true));
    }

    /// <summary>Below the ports that the system gives to outgoing connections.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(LowestPort, HighestPort + 1);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody is there: another one.
            }
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Address, "/api/v1/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
