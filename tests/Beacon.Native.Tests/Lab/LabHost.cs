namespace Beacon.Native.Tests.Lab;

/// <summary>One host of the laboratory: a network namespace with one interface called eth0.</summary>
internal sealed class LabHost(string name, string space, string address)
{
    /// <summary>Debian's python, the one that has zeroconf; another python may come first on PATH.</summary>
    private const string Python = "/usr/bin/python3";

    public string Name { get; } = name;

    public string Address { get; } = address;

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory($"beacon-lab-{name}-").FullName;

    private Dictionary<string, string> Environment => new() { ["DBUS_SYSTEM_BUS_ADDRESS"] = $"unix:path={Directory}/bus.sock" };

    public LabCommand Start(string program, params string[] arguments) =>
        LabCommand.Start("ip", ["netns", "exec", space, program, .. arguments], Environment);

    public Task<(int ExitCode, string Output, string Errors)> RunAsync(TimeSpan limit, string program, params string[] arguments) =>
        LabCommand.RunAsync("ip", ["netns", "exec", space, program, .. arguments], limit, Environment);

    public LabCommand StartScript(string script, params string[] arguments) =>
        Start(Python, [Path.Combine(AppContext.BaseDirectory, "Lab", script), .. arguments]);

    public Task<(int ExitCode, string Output, string Errors)> RunScriptAsync(TimeSpan limit, string script, params string[] arguments) =>
        RunAsync(limit, Python, [Path.Combine(AppContext.BaseDirectory, "Lab", script), .. arguments]);
}
