using System.Diagnostics;
using System.Globalization;

namespace Beacon.Testing.Chaos;

/// <summary>The published binary, on one port and one data directory however often it is killed. What it says goes to a file.</summary>
internal sealed class ChaosBeacon : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR"];

    private readonly string _binary;
    private readonly string _dataDirectory;
    private readonly string _url;
    private readonly string _log;
    private readonly HttpClient _probe;
    private Process? _process;

    public ChaosBeacon(string binary, string dataDirectory, string url, string log)
    {
        _binary = binary;
        _dataDirectory = dataDirectory;
        _url = url;
        _log = log;
        Port = ChaosPorts.Free();
        _probe = new HttpClient { BaseAddress = Address };
    }

    public int Port { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <summary>UTC; of the last start, once it answered.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public async Task StartAsync()
    {
        // "exec" so that the signal reaches Beacon; the arguments stay arguments.
        var start = new ProcessStartInfo(
            "/bin/sh",
            [
                "-c", "exec \"$@\" >>\"$0\" 2>&1", _log, _binary, "serve", "--port", Port.ToString(CultureInfo.InvariantCulture), "--host", "127.0.0.1",
                "--data-dir", _dataDirectory, "--mdns", "off", "--mongodb-url", _url,
            ]);
        foreach (var name in start.Environment.Keys.Except(Inherited).ToArray())
        {
            start.Environment.Remove(name);
        }

        _process = Process.Start(start)!;
        for (var started = Stopwatch.GetTimestamp(); !await IsAliveAsync();)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                throw new InvalidOperationException($"Beacon did not come up; see {_log}");
            }

            await Task.Delay(PollEvery);
        }

        StartedAt = DateTimeOffset.UtcNow;
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

        _probe.Dispose();
    }

    private async Task<bool> IsAliveAsync()
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri("/api/v1/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
