namespace Beacon.Mdns;

/// <summary>What the operator may decide about mDNS. Read once at start.</summary>
public sealed record MdnsOptions
{
    /// <summary>False: nothing is announced and port 5353 stays untouched.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Parent of every announced name, without leading dot. Anything but <c>local</c> is invisible to ordinary mDNS clients.</summary>
    public string Domain { get; init; } = "local";

    /// <summary>Interface names, or globs, to run on. Null: every multicast interface but loopback, container bridges and tunnels.</summary>
    public IReadOnlyList<string>? Interfaces { get; init; }

    /// <summary>Unicast answers a second on one link, and to one host a tenth of them. 0: no limit.</summary>
    public int UnicastAnswersPerSecond { get; init; } = 2000;

    /// <summary>Of services whose health checks fail.</summary>
    public DownPolicy Unhealthy { get; init; } = DownPolicy.Withdraw;

    /// <summary>Of services in a planned interruption, whatever their checks say.</summary>
    public DownPolicy Maintenance { get; init; } = DownPolicy.Keep;

    /// <summary>First label of Beacon's own host name: letters, digits and hyphens. A conflict appends <c>-2</c>, <c>-3</c>…</summary>
    public string HostName { get; init; } = "beacon";

    /// <summary>Instance name of Beacon's own services. A conflict appends <c> (2)</c>, <c> (3)</c>…</summary>
    public string InstanceName { get; init; } = "Beacon";

    /// <summary>Port of Beacon's own HTTP server, announced in its SRV records.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>Announced as <c>version=</c> of Beacon itself.</summary>
    public string Version { get; init; } = "2.0.0";

    /// <summary>Announced as <c>api=</c> of Beacon itself.</summary>
    public string ApiPath { get; init; } = "/api/v1";
}
