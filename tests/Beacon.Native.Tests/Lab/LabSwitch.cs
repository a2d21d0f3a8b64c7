using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>
/// The laboratory's switch room: two LANs, each a switch without snooping, and the cables to the hosts. Every cable can be pulled, cut off,
/// made anew and made to lose packets.
/// </summary>
internal sealed class LabSwitch(string prefix)
{
    private const string Patch = "patch";
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(10);
    private readonly string _space = $"{prefix}-sw";

    public async Task BuildAsync()
    {
        await IpAsync("netns", "add", _space);
        foreach (var lan in (int[])[1, 2])
        {
            await SwitchAsync($"link add br{lan} type bridge mcast_snooping 0 forward_delay 0 stp_state 0");
            await SwitchAsync($"link set br{lan} up");
        }
    }

    public async Task<LabHost> AddHostAsync(string name, int lan, int number)
    {
        var host = new LabHost(name, $"{prefix}-{name}", lan, number);
        await IpAsync("netns", "add", host.Space);
        await HostAsync(host, "link set lo up");
        await PlugAsync(host, lan, "eth0");
        await HostAsync(host, "route add 224.0.0.0/4 dev eth0");
        return host;
    }

    public async Task RemoveAsync(params LabHost?[] hosts)
    {
        foreach (var space in hosts.OfType<LabHost>().Select(x => x.Space).Append(_space))
        {
            await LabCommand.RunAsync("ip", ["netns", "del", space], CommandLimit);
        }
    }

    /// <summary>A new interface with the host's addresses of that LAN. Its number differs from that of every earlier one.</summary>
    public async Task PlugAsync(LabHost host, int lan, string name)
    {
        var port = Port(host, name);
        // Both ends are made inside the switch's namespace: the machine's own namespace never sees them.
        await SwitchAsync($"link add {port} type veth peer name {name} netns {host.Space}");
        await SwitchAsync($"link set {port} master br{lan}");
        await SwitchAsync($"link set {port} up");
        await HostAsync(host, $"addr add {LabHost.AddressOn(lan, host.Number)}/24 brd + dev {name}");
        await HostAsync(host, $"-6 addr add {LabHost.Address6On(lan, host.Number)}/64 dev {name} nodad");
        await HostAsync(host, $"link set {name} up");
    }

    /// <summary>The interface is gone, with its addresses and its number.</summary>
    public Task UnplugAsync(LabHost host, string name) => HostAsync(host, $"link del {name}");

    /// <param name="address">With its prefix length.</param>
    public Task AddAddressAsync(LabHost host, string name, string address) => HostAsync(host, $"addr add {address} brd + dev {name}");

    /// <param name="address">With its prefix length.</param>
    public Task RemoveAddressAsync(LabHost host, string name, string address) => HostAsync(host, $"addr del {address} dev {name}");

    /// <summary>With <paramref name="up"/> false the host's interface has no carrier but keeps its addresses, as with a pulled cable.</summary>
    public Task CableAsync(LabHost host, string name, bool up) => SwitchAsync($"link set {Port(host, name)} {(up ? "up" : "down")}");

    /// <summary>A cable from switch to switch: both LANs are one.</summary>
    public async Task JoinLansAsync()
    {
        await SwitchAsync($"link add {Patch}1 type veth peer name {Patch}2");
        foreach (var end in (int[])[1, 2])
        {
            await SwitchAsync($"link set {Patch}{end} master br{end}");
            await SwitchAsync($"link set {Patch}{end} up");
        }
    }

    public Task PartLansAsync() => SwitchAsync($"link del {Patch}1");

    /// <summary>Loses that share of the mDNS packets that the host sends. Not netem: few kernels of build machines have it.</summary>
    public async Task LoseAsync(LabHost host, string name, int percent)
    {
        var port = Port(host, name);
        string[] commands =
        [
            $"add table netdev loss_{port}",
            $"add chain netdev loss_{port} in {{ type filter hook ingress device {port} priority 0; }}",
            string.Create(CultureInfo.InvariantCulture, $"add rule netdev loss_{port} in udp dport 5353 numgen random mod 100 < {percent} counter drop"),
        ];
        var (exitCode, _, errors) = await LabCommand.RunAsync("ip", ["netns", "exec", _space, "nft", string.Join('\n', commands)], CommandLimit);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>Ends the loss.</summary>
    /// <returns>How many packets of the host were lost.</returns>
    public async Task<int> LoseNothingAsync(LabHost host, string name)
    {
        var table = $"loss_{Port(host, name)}";
        var (_, rules, _) = await LabCommand.RunAsync("ip", ["netns", "exec", _space, "nft", "list", "table", "netdev", table], CommandLimit);
        await LabCommand.RunAsync("ip", ["netns", "exec", _space, "nft", "delete", "table", "netdev", table], CommandLimit);
        var words = rules.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    private static string Port(LabHost host, string name) => $"p{host.Name}{name}";

    private Task SwitchAsync(string command) => IpAsync(["-n", _space, .. command.Split(' ')]);

    private static Task HostAsync(LabHost host, string command) => IpAsync(["-n", host.Space, .. command.Split(' ')]);

    private static async Task IpAsync(params string[] arguments)
    {
        var (exitCode, _, errors) = await LabCommand.RunAsync("ip", arguments, CommandLimit);
        Assert.True(exitCode == 0, $"ip {string.Join(' ', arguments)}: {errors}");
    }
}
