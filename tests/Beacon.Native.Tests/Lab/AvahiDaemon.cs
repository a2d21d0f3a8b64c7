namespace Beacon.Native.Tests.Lab;

/// <summary>An avahi-daemon with a message bus of its own inside one laboratory host.</summary>
internal sealed class AvahiDaemon : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private readonly LabCommand _bus;
    private readonly LabCommand _daemon;

    private AvahiDaemon(LabCommand bus, LabCommand daemon)
    {
        _bus = bus;
        _daemon = daemon;
    }

    /// <summary>What avahi said so far; it logs to standard error.</summary>
    public string Log => _daemon.Errors;

    /// <param name="hostName">What it calls itself; "lab-" and the host's own name unless told.</param>
    /// <param name="ipv4">False for a host that speaks IPv6 only.</param>
    public static async Task<AvahiDaemon> StartAsync(LabHost host, string? hostName = null, bool ipv4 = true)
    {
        var directory = host.Directory;
        // Without its rate limit: an oracle that drops packets of its own proves nothing.
        File.WriteAllText(Path.Combine(directory, "bus.conf"), $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>unix:path={directory}/bus.sock</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
            <allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
            """);
        File.WriteAllText(Path.Combine(directory, "avahi.conf"), $"""
            [server]
            host-name={hostName ?? $"lab-{host.Name}"}
            use-ipv4={(ipv4 ? "yes" : "no")}
            use-ipv6=yes
            ratelimit-interval-usec=0
            [wide-area]
            enable-wide-area=no
            [publish]
            publish-hinfo=no
            publish-workstation=no
            """);
        File.Delete(Path.Combine(directory, "bus.sock"));
        var bus = host.Start("dbus-daemon", $"--config-file={directory}/bus.conf", "--nofork", "--nopidfile");
        await WaitAsync(() => File.Exists(Path.Combine(directory, "bus.sock")), "the message bus did not start");

        // avahi insists on one pid file below /run; each daemon gets a /run of its own in its mount namespace.
        var daemon = host.Start(
            "bash", "-c",
            "mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/avahi-daemon && " +
            "exec avahi-daemon --no-drop-root --no-chroot --no-rlimits --no-proc-title -f \"$0\"",
            Path.Combine(directory, "avahi.conf"));
        await WaitAsync(() => daemon.Errors.Contains("Server startup complete", StringComparison.Ordinal), "avahi did not start");
        return new AvahiDaemon(bus, daemon);
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _bus.Dispose();
    }

    private static async Task WaitAsync(Func<bool> done, string otherwise)
    {
        for (var waited = TimeSpan.Zero; !done(); waited += TimeSpan.FromMilliseconds(50))
        {
            Assert.True(waited < StartLimit, otherwise);
            await Task.Delay(50);
        }
    }
}
