using System.Diagnostics;
using System.Globalization;

namespace Beacon.LoadTests.Lab;

/// <summary>A program that runs until it is told to stop; its output goes to a file.</summary>
internal sealed class Running : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private readonly Process _process;
    private readonly string _log;

    private Running(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public string Log => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <param name="log">Where standard output and error go, appended.</param>
    public static Running Start(string[] command, string log)
    {
        // "exec" so that signals reach the program itself; the arguments stay arguments.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" >>\"$0\" 2>&1", log, .. command]);
        return new Running(Process.Start(start)!, log);
    }

    public async Task WaitForAsync(Func<bool> ready, TimeSpan limit, string what)
    {
        for (var waited = Stopwatch.StartNew(); !ready();)
        {
            if (_process.HasExited || waited.Elapsed > limit)
            {
                throw new InvalidOperationException($"{what} did not come up in {limit.TotalSeconds} s:\n{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Shell.RunAsync("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }
}
