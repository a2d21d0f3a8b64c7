using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Registry.Tests;

/// <summary>A registry in virtual time with one listener that hears everything.</summary>
internal sealed class RegistryRig
{
    /// <summary>The host's pace.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly EventListener _listener;

    public RegistryRig(RegistryLimits? limits = null)
    {
        Registry = new ServiceRegistry(Clock, limits ?? new RegistryLimits(), new EventHub());
        _listener = Registry.Events.Listen(1 << 20);
    }

    public TestClock Clock { get; } = new();

    public ServiceRegistry Registry { get; }

    public static Registration Wish(string name, int ttl = 60, string host = "10.0.0.1", int port = 80) =>
        new() { Name = name, Host = host, Port = port, TtlSeconds = ttl };

    public ServiceView Add(string name, int ttl = 60) => Registry.Register(Wish(name, ttl)).Service;

    public ServiceView Get(ServiceId id)
    {
        Assert.True(Registry.TryGet(id, out var view));
        return view;
    }

    /// <summary>Moves time on in steps of the host's pace, letting leases end as the host does.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time;)
        {
            var step = time - passed < Pace ? time - passed : Pace;
            Clock.Advance(step);
            passed += step;
            Registry.Advance();
        }
    }

    /// <summary>What was told since the last call.</summary>
    public List<RegistryEvent> Told()
    {
        var told = new List<RegistryEvent>();
        var buffer = new RegistryEvent[64];
        int count;
        while ((count = _listener.Read(buffer)) > 0)
        {
            told.AddRange(buffer[..count]);
        }

        return told;
    }
}
