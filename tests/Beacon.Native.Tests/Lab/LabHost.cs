using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>One host of the laboratory: a network namespace with an interface called eth0.</summary>
internal sealed class LabHost(string name, string space, int lan, int number)
{
    /// <summary>Debian's python, the one that has zeroconf; another python may come first on PATH.</summary>
    private const string Python = "/usr/bin/python3";

    public string Name { get; } = name;

    /// <summary>The network namespace.</summary>
    public string Space { get; } = space;

    /// <summary>The last part of all its addresses.</summary>
    public int Number { get; } = number;

    public string Address { get; } = AddressOn(lan, number);

    public string Address6 { get; } = Address6On(lan, number);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory($"beacon-lab-{name}-").FullName;

    private Dictionary<string, string> Environment => new()
    {
        ["DBUS_SYSTEM_BUS_ADDRESS"] = $"unix:path={Directory}/bus.sock",
        ["NODE_PATH"] = NodeOracles.Modules ?? "",
    };

    public static string AddressOn(int lan, int number) => string.Create(CultureInfo.InvariantCulture, $"10.88.{lan}.{number}");

    public static string Address6On(int lan, int number) => string.Create(CultureInfo.InvariantCulture, $"fd88:{lan}::{number}");

    public LabCommand Start(string program, params string[] arguments) =>
        LabCommand.Start("ip", ["netns", "exec", Space, program, .. arguments], Environment);

    public Task<(int ExitCode, string Output, string Errors)> RunAsync(TimeSpan limit, string program, params string[] arguments) =>
        LabCommand.RunAsync("ip", ["netns", "exec", Space, program, .. arguments], limit, Environment);

    public LabCommand StartScript(string script, params string[] arguments) => Start(Interpreter(script), [Script(script), .. arguments]);

    public Task<(int ExitCode, string Output, string Errors)> RunScriptAsync(TimeSpan limit, string script, params string[] arguments) =>
        RunAsync(limit, Interpreter(script), [Script(script), .. arguments]);

    private static string Interpreter(string script) => script.EndsWith(".cjs", StringComparison.Ordinal) ? "node" : Python;

    private static string Script(string script) => Path.Combine(AppContext.BaseDirectory, "Lab", script);
}
