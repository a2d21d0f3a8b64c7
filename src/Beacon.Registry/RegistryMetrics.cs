using System.Diagnostics.Metrics;

namespace Beacon.Registry;

/// <summary>What the registry did since the start. Counting costs nothing while nobody measures.</summary>
internal sealed class RegistryMetrics
{
    public const string MeterName = "Beacon.Registry";

    private static readonly Meter Meter = new(MeterName);

    public Counter<long> Registrations { get; } = Meter.CreateCounter<long>("beacon.registry.registrations", "{registration}", "New services and repeated registrations");

    public Counter<long> Renewals { get; } = Meter.CreateCounter<long>("beacon.registry.renewals", "{renewal}", "Leases prolonged by a heartbeat");

    public Counter<long> Expirations { get; } = Meter.CreateCounter<long>("beacon.registry.expirations", "{lease}", "Leases that ran out");

    public Counter<long> Deregistrations { get; } = Meter.CreateCounter<long>("beacon.registry.deregistrations", "{service}", "Services taken away on request");

    public Counter<long> HealthChanges { get; } = Meter.CreateCounter<long>("beacon.registry.health_changes", "{change}", "Services that became healthy, unhealthy or restless");

    public Counter<long> HealthRenewals { get; } = Meter.CreateCounter<long>("beacon.registry.health_renewals", "{renewal}", "Leases prolonged by a passing health check");
}
