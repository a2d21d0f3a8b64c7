using System.Globalization;

namespace Beacon.LoadTests.Lab;

/// <summary>A control group (version 1 or 2) of one server: so much memory, and so much of one processor. Needs root.</summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const long Period = 100_000;
    private readonly bool _isUnified = File.Exists($"{Root}/cgroup.controllers");
    private readonly string _memory;
    private readonly string _processor;

    /// <param name="cores">Half a core: 0.5.</param>
    /// <exception cref="UnauthorizedAccessException">Not root, or control groups belong to somebody else.</exception>
    public ControlGroup(long bytes, double cores)
    {
        var name = $"beacon-load-{Environment.ProcessId}";
        var quota = (long)(Period * cores);
        if (_isUnified)
        {
            _memory = _processor = Directory.CreateDirectory($"{Root}/{name}").FullName;
            Write(_memory, "memory.max", Text(bytes));
            Write(_processor, "cpu.max", $"{Text(quota)} {Text(Period)}");
            return;
        }

        _memory = Directory.CreateDirectory($"{Root}/memory/{name}").FullName;
        _processor = Directory.CreateDirectory($"{Root}/cpu/{name}").FullName;
        Write(_memory, "memory.limit_in_bytes", Text(bytes));
        Write(_processor, "cpu.cfs_period_us", Text(Period));
        Write(_processor, "cpu.cfs_quota_us", Text(quota));
    }

    /// <summary>Put in front of a command.</summary>
    public IReadOnlyList<string> Enter => ["/bin/sh", "-c", $"echo $$ >{_memory}/cgroup.procs && echo $$ >{_processor}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>Bytes at the highest, the system's cache of the group's files included.</summary>
    public long Peak => long.Parse(File.ReadAllText(Path.Combine(_memory, _isUnified ? "memory.peak" : "memory.max_usage_in_bytes")), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Directory.Delete(_memory);
        if (!_isUnified)
        {
            Directory.Delete(_processor);
        }
    }

    private static void Write(string group, string file, string text) => File.WriteAllText(Path.Combine(group, file), text);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
