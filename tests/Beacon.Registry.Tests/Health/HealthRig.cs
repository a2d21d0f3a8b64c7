using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Health;

/// <summary>A registry whose services are checked by hand.</summary>
internal sealed class HealthRig
{
    public RegistryRig Rig { get; } = new();

    public static Registration Wish(string name, int ttl = 60, int interval = 30, int retries = 3, LeaseSource? source = null, bool? fallback = null) =>
        RegistryRig.Wish(name, ttl) with
        {
            HealthCheck = new HealthCheckPatch(true, "http://10.0.0.1/health", interval, 10, retries, null, fallback),
            LeaseSource = source,
        };

    public ServiceView Add(string name, int ttl = 60, int interval = 30, int retries = 3, LeaseSource? source = null, bool? fallback = null) =>
        Rig.Registry.Register(Wish(name, ttl, interval, retries, source, fallback)).Service;

    public RegistryChange Check(ServiceId id, bool passes = true) => Report(Rig.Get(id).Instance, passes);

    public RegistryChange Report(ServiceInstance checkedAs, bool passes) => Rig.Registry.ReportHealth(
        checkedAs,
        passes
            ? new CheckResult(CheckOutcome.Healthy, Rig.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(12), 200)
            : new CheckResult(CheckOutcome.Unhealthy, Rig.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(12), 503, "answered 503, expected 200-299"));

    public void Fail(ServiceId id, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Check(id, passes: false);
        }
    }
}
