using System.Net;

namespace Beacon.Registry.Services;

/// <summary>
/// What one service said about itself. Immutable: a change makes a new instance, so any thread may hold one for as long as it likes.
/// The running lease is not in here but in <see cref="Leases.LeaseState"/>, because it changes a thousand times more often.
/// </summary>
/// <remarks>Every text has passed the limits in <see cref="ServiceLimits"/> before it gets here.</remarks>
public sealed record ServiceInstance
{
    // Ticks: half the size of what they are shown as, a million times.
    private readonly long _createdAt;
    private readonly long _contentUpdatedAt;

    public required ServiceId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>As the client wrote it, for example <c>mqtt</c>. What is announced is <see cref="MdnsServiceType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>IP literal or name of the machine the service runs on, as registered.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary><c>http</c>, <c>https</c>, <c>tcp</c>, <c>udp</c> or anything else the client calls it.</summary>
    public required string Protocol { get; init; }

    /// <summary>In the order given, without repeats. Never changed after construction.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>In the order given; keys are unique. Never changed after construction.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; }

    /// <summary>Lease length in seconds, 10 to 86400.</summary>
    public required int TtlSeconds { get; init; }

    public required HealthCheckSettings HealthCheck { get; init; }

    /// <summary>As the client chose it; null: it follows from the health check. What counts is <see cref="LeaseSource"/>.</summary>
    public LeaseSource? ChosenLeaseSource { get; init; }

    /// <summary>In force: without a check that is in force only heartbeats can keep a lease.</summary>
    public LeaseSource LeaseSource =>
        !HealthCheck.IsInForce ? LeaseSource.Heartbeat
        : ChosenLeaseSource ?? (HealthCheck.FallbackToHealthCheck ? LeaseSource.Both : LeaseSource.Heartbeat);

    /// <summary>Null: none is under way.</summary>
    public Maintenance? Maintenance { get; init; }

    /// <summary>What is announced, without domain: <c>_mqtt._tcp</c>, perhaps with subtypes behind commas. Derived from <see cref="Type"/> unless the client set it.</summary>
    public required string MdnsServiceType { get; init; }

    /// <summary>True when the client chose <see cref="MdnsServiceType"/> itself; a later change of the type then leaves it alone.</summary>
    public bool MdnsServiceTypeIsExplicit { get; init; }

    /// <summary>Further TXT entries asked for by the client, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> MdnsTxtRecords { get; init; } = [];

    /// <summary>
    /// Address the last registration came from; null when unknown. Used to announce services that call their host
    /// <c>localhost</c>, a wildcard or a container name.
    /// </summary>
    public IPAddress? SourceAddress { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt
    {
        get => new(_createdAt, TimeSpan.Zero);
        init => _createdAt = value.UtcTicks;
    }

    /// <summary>UTC. Last change of the content; a heartbeat is not one.</summary>
    public required DateTimeOffset ContentUpdatedAt
    {
        get => new(_contentUpdatedAt, TimeSpan.Zero);
        init => _contentUpdatedAt = value.UtcTicks;
    }

    /// <summary>A check of <paramref name="other"/> says something about this one too: it went to the same place and asked the same.</summary>
    public bool IsCheckedLike(ServiceInstance other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Host == other.Host && Port == other.Port
            && HealthCheck.Url == other.HealthCheck.Url
            && HealthCheck.Enabled == other.HealthCheck.Enabled
            && HealthCheck.Request == other.HealthCheck.Request;
    }
}
