using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Beacon.Native.Tests.Support;

/// <summary>A running Beacon on a port of its own. What the surrounding shell has set is kept from it.</summary>
internal sealed class BeaconProcess : IAsyncDisposable
{
    private const int Sigkill = 137;
    private const int LowestPort = 15_000;
    private const int HighestPort = 32_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private BeaconProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        Client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        Collect(process, _output, _errors);
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Starts <c>beacon serve</c> without mDNS and returns when it is ready.</summary>
    public static Task<BeaconProcess> StartAsync(string dataDirectory, params string[] options) => StartAsync(dataDirectory, "/api/v1/ready", options, []);

    /// <inheritdoc cref="StartAsync(string, string[])"/>
    public static Task<BeaconProcess> StartAsync(string dataDirectory, string[] options, params (string Name, string Value)[] environment) =>
        StartAsync(dataDirectory, "/api/v1/ready", options, environment);

    /// <summary>As <see cref="StartAsync(string, string[])"/>, for one that will not call itself ready: returns when it is alive.</summary>
    public static Task<BeaconProcess> StartBlindAsync(string dataDirectory, params string[] options) => StartAsync(dataDirectory, "/api/v1/live", options, []);

    /// <param name="launcher">A program and its arguments that becomes the binary, given as the last of them: it must keep its process id.</param>
    /// <param name="dataDirectory">As everywhere.</param>
    /// <inheritdoc cref="StartAsync(string, string[])"/>
    public static Task<BeaconProcess> StartUnderAsync(string[] launcher, string dataDirectory) =>
        StartAsync(dataDirectory, "/api/v1/ready", [], [], launcher);

    /// <summary>Runs the binary to its end.</summary>
    public static async Task<FinishedRun> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var process = Process.Start(Info([NativeBinary.Path, .. arguments], environment))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(RunLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"beacon {string.Join(' ', arguments)} did not end; it printed: {await output} {await errors}");
        }

        return new FinishedRun(process.ExitCode, await output, await errors);
    }

    /// <summary>Below the ports that the system gives to outgoing connections: those may be taken between this look and the start.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(LowestPort, HighestPort);
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

    /// <summary>Asks it to stop, as systemd and Docker do.</summary>
    /// <returns>The exit code and how long the end took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var started = Stopwatch.GetTimestamp();
        // The shell's own kill: a minimal Debian has no other.
        using (var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id.ToString(CultureInfo.InvariantCulture)}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(RunLimit);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>No warning, no last words: <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        Assert.Equal(Sigkill, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        Client.Dispose();
        _process.Dispose();
    }

    private static async Task<BeaconProcess> StartAsync(string dataDirectory, string sign, string[] options, (string Name, string Value)[] environment, params string[] launcher)
    {
        var port = FreePort();
        string[] arguments = ["serve", "--port", port.ToString(CultureInfo.InvariantCulture), "--data-dir", dataDirectory, "--mdns", "off", .. options];
        var beacon = new BeaconProcess(Process.Start(Info([.. launcher, NativeBinary.Path, .. arguments], environment))!, port);
        try
        {
            await beacon.UntilAsync(sign);
            return beacon;
        }
        catch
        {
            await beacon.DisposeAsync();
            throw;
        }
    }

    private static ProcessStartInfo Info(string[] command, (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in info.Environment.Keys.Except(Inherited).ToArray())
        {
            info.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static void Collect(Process process, ConcurrentQueue<string> output, ConcurrentQueue<string> errors)
    {
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static void Add(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private async Task UntilAsync(string sign)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < StartLimit;)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"beacon ended with {_process.ExitCode}: {string.Join('\n', _errors)}");
            }

            try
            {
                using var answer = await Client.GetAsync(sign);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(PollEvery);
        }

        throw new TimeoutException($"beacon was not ready within {StartLimit.TotalSeconds} s: {string.Join('\n', _output)}");
    }
}
