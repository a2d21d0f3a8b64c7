using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>
/// Two hosts on one switch and a third on another, all in namespaces of this process's own; nothing of it is visible outside and all of it
/// goes away with it.
/// </summary>
public sealed class LabNetwork : IAsyncLifetime
{
    /// <summary>The address of "another machine": on the subnet, held by nobody.</summary>
    public const string AddressC = "10.88.1.50";

    /// <summary>Another machine that has no IPv4.</summary>
    public const string AddressC6 = "fd88:1::50";

    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(10);
    private readonly string _prefix = string.Create(CultureInfo.InvariantCulture, $"bl{Environment.ProcessId % 100000}");

    internal LabHost A { get; private set; } = null!;

    internal LabHost B { get; private set; } = null!;

    /// <summary>The only host of the second LAN.</summary>
    internal LabHost Far { get; private set; } = null!;

    internal LabSwitch Switch { get; private set; } = null!;

    /// <summary>Why the laboratory cannot be used here; null when it can.</summary>
    public string? Refusal { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Refusal = await WhyNotAsync();
        if (Refusal is not null)
        {
            return;
        }

        Switch = new LabSwitch(_prefix);
        await Switch.BuildAsync();
        A = await Switch.AddHostAsync("a", lan: 1, number: 1);
        B = await Switch.AddHostAsync("b", lan: 1, number: 2);
        Far = await Switch.AddHostAsync("far", lan: 2, number: 3);
    }

    public async ValueTask DisposeAsync()
    {
        if (Switch is not null)
        {
            await Switch.RemoveAsync(A, B, Far);
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
}
