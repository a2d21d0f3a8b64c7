using System.Net;
using Beacon.Features.Events;
using Beacon.Features.Health.History;
using Beacon.Features.Status;
using Beacon.Mdns;
using Beacon.Storage.Mongo;

namespace Beacon.Aot.Configuration;

/// <summary>The settings in force, checked. Read once at start and never changed.</summary>
internal sealed record BeaconOptions
{
    /// <summary>Null: every address of the machine, IPv4 and IPv6.</summary>
    public IPAddress? Host { get; init; }

    /// <summary>0 takes any free port, for tests.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Begins with a slash, does not end with one.</summary>
    public string ApiPrefix { get; init; } = "/api/v1";

    public required string DataDirectory { get; init; }

    public int DefaultTtlSeconds { get; init; } = 300;

    public TimeSpan CleanUpInterval { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ExpiredRetention { get; init; } = TimeSpan.FromHours(1);

    public int MaxServices { get; init; } = 1_000_000;

    public IReadOnlyList<string> CorsOrigins { get; init; } = ["*"];

    public bool MdnsEnabled { get; init; } = true;

    /// <summary>Null: chosen by the interfaces' kind.</summary>
    public IReadOnlyList<string>? MdnsInterfaces { get; init; }

    public string MdnsDomain { get; init; } = "local";

    public string MdnsHostName { get; init; } = "beacon";

    public string MdnsInstance { get; init; } = "Beacon";

    public int MdnsAnswerLimit { get; init; } = 2000;

    public DownPolicy UnhealthyMdns { get; init; } = DownPolicy.Withdraw;

    public DownPolicy MaintenanceMdns { get; init; } = DownPolicy.Keep;

    public int HealthConcurrency { get; init; } = 32;

    public IReadOnlyList<IPNetwork> HealthAllow { get; init; } = [];

    /// <summary>Of services that a passing check brings back.</summary>
    public TimeSpan CheckedRetention { get; init; } = TimeSpan.FromDays(7);

    public int MetricsServices { get; init; } = 1000;

    /// <summary>Null: services are kept in the data directory alone.</summary>
    public MongoAddress? Mongo { get; init; }

    /// <summary>Of <see cref="Mongo"/>.</summary>
    public string MongoDatabase { get; init; } = "beacon";

    public string ServicesCollection { get; init; } = "services";

    public string HealthChecksCollection { get; init; } = "health_checks";

    public HealthHistoryOptions History { get; init; } = new();

    public EventLogOptions Events { get; init; } = new();

    public StatusOptions Status { get; init; } = new();

    /// <summary>Null: authorities of the system.</summary>
    public string? MongoAuthorityFile { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public LogForm LogForm { get; init; } = LogForm.Auto;

    /// <summary>The same as it was given, for people.</summary>
    public IReadOnlyList<SettingInForce> InForce { get; init; } = [];
}
