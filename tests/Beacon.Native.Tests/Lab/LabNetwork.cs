using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>
/// Two hosts on one switch, all in namespaces of this process's own; nothing of it is visible outside and all of it goes away with it.
/// </summary>
public sealed class LabNetwork : IAsyncLifetime
{
    /// <summary>The address of "another machine": on the subnet, held by nobody.</summary>
    public const string AddressC = "10.88.1.50";

    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(10);
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"bl{Environment.ProcessId % 100000}");

    internal LabHost A { get; private set; } = null!;

    internal LabHost B { get; private set; } = null!;

    /// <summary>Why the laboratory cannot be used here; null when it can.</summary>
    public string? Refusal { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Refusal = await WhyNotAsync();
        if (Refusal is not null)
        {
            return;
        }

        await RunAsync("netns add {p}-sw");
        await RunAsync("-n {p}-sw link add br1 type bridge mcast_snooping 0 forward_delay 0 stp_state 0");
        await RunAsync("-n {p}-sw link set br1 up");
        A = await AddHostAsync("a", 1);
        B = await AddHostAsync("b", 2);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var space in (string[])["a", "b", "sw"])
        {
            await LabCommand.RunAsync("ip", ["netns", "del", $"{_prefix}-{space}"], CommandLimit);
        }
    }

    private static async Task<string?> WhyNotAsync()
    {
        foreach (var tool in (string[])["/usr/sbin/avahi-daemon", "/usr/bin/avahi-browse", "/usr/bin/dbus-daemon", "/usr/bin/curl"])
        {
            if (!File.Exists(tool))
            {
                return $"{tool} is missing";
            }
        }

        var python = await LabCommand.RunAsync("/usr/bin/python3", ["-c", "import zeroconf"], CommandLimit);
        if (python.ExitCode != 0)
        {
            return "python3-zeroconf is missing";
        }

        var probe = string.Create(CultureInfo.InvariantCulture, $"blprobe{Environment.ProcessId}");
        var made = await LabCommand.RunAsync("ip", ["netns", "add", probe], CommandLimit);
        await LabCommand.RunAsync("ip", ["netns", "del", probe], CommandLimit);
        return made.ExitCode == 0 ? null : $"network namespaces are refused here: {made.Errors}";
    }

    private async Task<LabHost> AddHostAsync(string name, int number)
    {
        var address = $"10.88.1.{number}";
        await RunAsync($"netns add {{p}}-{name}");
        await RunAsync($"-n {{p}}-{name} link set lo up");
        // Both ends are made inside the switch's namespace: the machine's own namespace never sees them.
        await RunAsync($"-n {{p}}-sw link add port{number} type veth peer name eth0 netns {{p}}-{name}");
        await RunAsync($"-n {{p}}-sw link set port{number} master br1");
        await RunAsync($"-n {{p}}-sw link set port{number} up");
        await RunAsync($"-n {{p}}-{name} addr add {address}/24 brd + dev eth0");
        await RunAsync($"-n {{p}}-{name} -6 addr add fd88:1::{number}/64 dev eth0 nodad");
        await RunAsync($"-n {{p}}-{name} link set eth0 up");
        await RunAsync($"-n {{p}}-{name} route add 224.0.0.0/4 dev eth0");
        return new LabHost(name, $"{_prefix}-{name}", address);
    }

    private async Task RunAsync(string command)
    {
        var arguments = command.Replace("{p}", _prefix, StringComparison.Ordinal).Split(' ');
        var (exitCode, _, errors) = await LabCommand.RunAsync("ip", arguments, CommandLimit);
        Assert.True(exitCode == 0, $"ip {string.Join(' ', arguments)}: {errors}");
    }
}
