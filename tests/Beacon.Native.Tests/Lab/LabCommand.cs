using System.Diagnostics;
using System.Text;

namespace Beacon.Native.Tests.Lab;

/// <summary>A program running somewhere in the laboratory; its output is collected line by line as it comes.</summary>
internal sealed class LabCommand : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly StringBuilder _errors = new();

    private LabCommand(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public static LabCommand Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var command = new LabCommand(process);
        process.OutputDataReceived += (_, e) => command.OnLine(e.Data);
        process.ErrorDataReceived += (_, e) => command.OnError(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return command;
    }

    /// <summary>Runs to the end; a program that takes longer than <paramref name="limit"/> is killed and what it printed so far is returned.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var command = Start(program, arguments, environment);
        var ended = await command.WaitForExitAsync(limit);
        return (ended ? command._process.ExitCode : -1, string.Join('\n', command.Lines), command.Errors);
    }

    /// <summary>The first line that <paramref name="wanted"/> accepts, or null when the time is up.</summary>
    public async Task<string?> WaitForLineAsync(Func<string, bool> wanted, TimeSpan limit)
    {
        var end = Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency);
        while (true)
        {
            if (Lines.FirstOrDefault(wanted) is { } line)
            {
                return line;
            }

            if (Stopwatch.GetTimestamp() > end)
            {
                return null;
            }

            await Task.Delay(20);
        }
    }

    public async Task<bool> WaitForExitAsync(TimeSpan limit)
    {
        using var source = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(source.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            return false;
        }
    }

    /// <summary>Asks the program to end (SIGTERM); true when it did within the limit.</summary>
    public async Task<bool> TerminateAsync(TimeSpan limit)
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
            await kill.WaitForExitAsync();
        }

        return await WaitForExitAsync(limit);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void OnLine(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }

    private void OnError(string? line)
    {
        if (line is not null)
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
            }
        }
    }
}
