using System.Net;
using Beacon.Registry.Events;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>Registered services for tests, valid unless a test says otherwise.</summary>
internal static class Services
{
    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ServiceInstance Create(
        string name = "Sensor",
        string host = "10.77.1.50",
        int port = 80,
        string type = "http",
        string mdnsType = "_http._tcp",
        IReadOnlyList<string>? tags = null,
        IReadOnlyList<KeyValuePair<string, string>>? metadata = null,
        IReadOnlyList<KeyValuePair<string, string>>? txt = null,
        string? source = null,
        int id = 1) => new()
        {
            Id = new ServiceId(new Guid(id, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])),
            Name = name,
            Type = type,
            Host = host,
            Port = port,
            Protocol = "http",
            Tags = tags ?? [],
            Metadata = metadata ?? [],
            MdnsTxtRecords = txt ?? [],
            TtlSeconds = 300,
            HealthCheck = HealthCheckSettings.Default,
            MdnsServiceType = mdnsType,
            SourceAddress = source is null ? null : IPAddress.Parse(source),
            CreatedAt = Then,
            ContentUpdatedAt = Then,
        };

    public static ServiceView View(this ServiceInstance instance, ServiceStatus status = ServiceStatus.Active) =>
        new(instance, new LeaseState(status, Then.AddMinutes(5), Then));

    public static RegistryEvent Event(this ServiceInstance instance, RegistryEventKind kind) => new(
        1,
        kind,
        Then,
        instance.View(kind is RegistryEventKind.Expired or RegistryEventKind.Removed ? ServiceStatus.Expired : ServiceStatus.Active),
        0);
}
