using Beacon.LoadTests.Mdns;

namespace Beacon.LoadTests.Lab;

/// <summary>avahi-daemon with its rate limit off and its services read from files, as a distribution's packages announce theirs.</summary>
internal sealed class AvahiResponder : IResponder
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly Running _bus;
    private readonly Running _daemon;

    private AvahiResponder(Running bus, Running daemon)
    {
        _bus = bus;
        _daemon = daemon;
    }

    public string Name => "avahi";

    public int ProcessId => _daemon.Id;

    public string HostName => "bench.local";

    public static async Task<AvahiResponder> StartAsync(TwoHosts hosts, int services)
    {
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(hosts.Directory, "avahi")).FullName;
        var files = System.IO.Directory.CreateDirectory(Path.Combine(directory, "services")).FullName;
        for (var n = 0; n < services; n++)
        {
            File.WriteAllText(Path.Combine(files, $"{n:D4}.service"), $"""
                <?xml version="1.0" standalone="no"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
                <service-group><name>{Questions.Instance(n)}</name><service><type>{Questions.Type}</type><port>{Questions.Port(n)}</port>
                <txt-record>path=/{n}</txt-record></service></service-group>
                """);
        }

        var socket = Path.Combine(directory, "bus.sock");
        File.WriteAllText(Path.Combine(directory, "bus.conf"), $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig><type>system</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth><policy context="default"><allow user="*"/>
            <allow own="*"/><allow send_type="method_call"/><allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
            """);
        File.WriteAllText(Path.Combine(directory, "avahi.conf"), """
            [server]
            host-name=bench
            use-ipv4=yes
            use-ipv6=no
            ratelimit-interval-usec=0
            [wide-area]
            enable-wide-area=no
            [publish]
            publish-hinfo=no
            publish-workstation=no
            """);
        var bus = Running.Start(
            hosts.OnServer("dbus-daemon", $"--config-file={directory}/bus.conf", "--nofork", "--nopidfile"), Path.Combine(directory, "bus.log"));
        await bus.WaitForAsync(() => File.Exists(socket), StartLimit, "the message bus");

        // Its pid file and its services are at fixed places; its own mount namespace makes room for them without touching the machine's.
        var daemon = Running.Start(
            hosts.OnServer(
                "unshare", "-m", "env", $"DBUS_SYSTEM_BUS_ADDRESS=unix:path={socket}", "bash", "-c",
                "mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/avahi-daemon && mount --bind \"$1\" /etc/avahi/services && " +
                "exec avahi-daemon --no-drop-root --no-chroot --no-rlimits --no-proc-title -f \"$0\"",
                Path.Combine(directory, "avahi.conf"), files),
            Path.Combine(directory, "avahi.log"));
        var announced = $"Service \"{Questions.Instance(services - 1)}\"";
        await daemon.WaitForAsync(
            () => daemon.Log.Contains("Server startup complete", StringComparison.Ordinal) &&
                (services == 0 || daemon.Log.Contains(announced, StringComparison.Ordinal)),
            StartLimit, "avahi-daemon");
        return new AvahiResponder(bus, daemon);
    }

    public async ValueTask DisposeAsync()
    {
        await _daemon.DisposeAsync();
        await _bus.DisposeAsync();
    }
}
