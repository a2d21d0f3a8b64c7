using Beacon.Features.Health;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Health.Kit;

/// <summary>A registry, a monitor and a network of services, all in virtual time and on one thread.</summary>
internal sealed class MonitorRig : IDisposable
{
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public MonitorRig(HealthOptions? options = null, int listenerCapacity = 1 << 16, bool observes = true)
    {
        Registry = new ServiceRegistry(Clock, new RegistryLimits(), new EventHub());
        Probe = new FakeProbe(Clock);
        Observer.Records = observes;
        Monitor = new HealthMonitor(Registry, Probe, [Observer], options ?? new HealthOptions(), Clock, NullLogger.Instance, listenerCapacity);
    }

    public TestClock Clock { get; } = new();

    public ServiceRegistry Registry { get; }

    public FakeProbe Probe { get; }

    public RecordingObserver Observer { get; } = new();

    public HealthMonitor Monitor { get; }

    public static Registration Wish(
        string name, string? url = null, int interval = 60, int timeout = 10, int retries = 3, LeaseSource? source = null, int ttl = 300) => new()
        {
            Name = name,
            Host = "10.0.0.1",
            Port = 80,
            TtlSeconds = ttl,
            LeaseSource = source,
            HealthCheck = new HealthCheckPatch(true, url ?? $"http://{name}:80/", interval, timeout, retries, true, null),
        };

    public ServiceView Add(string name, string? url = null, int interval = 60, int timeout = 10, int retries = 3, LeaseSource? source = null, int ttl = 300) =>
        Registry.Register(Wish(name, url, interval, timeout, retries, source, ttl)).Service;

    public ServiceView Get(ServiceId id)
    {
        Assert.True(Registry.TryGet(id, out var view));
        return view;
    }

    /// <summary>Time passes, in steps of the host's pace, and everything due gets done.</summary>
    public void Pass(double seconds, TimeSpan? pace = null)
    {
        var step = pace ?? Pace;
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= step)
        {
            Clock.Advance(left < step ? left : step);
            Probe.Settle();
            Registry.Advance();
            Monitor.Step();
        }
    }

    public void Dispose() => Monitor.Dispose();
}
