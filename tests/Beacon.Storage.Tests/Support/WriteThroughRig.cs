using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Storage.Tests.Support;

/// <summary>A registry, the queue and a scripted store in virtual time. Nothing happens but what a test asks for.</summary>
internal sealed class WriteThroughRig : IDisposable
{
    public WriteThroughRig(int listenerCapacity = StorageLimits.ListenerCapacity, IReadOnlyList<ServiceView>? stored = null)
    {
        Registry = new ServiceRegistry(Clock, new RegistryLimits(), new EventHub());
        Registry.Load(stored ?? []);
        Queue = new WriteThrough(Registry, Store, Clock, Log, listenerCapacity);
    }

    public TestClock Clock { get; } = new();

    public ServiceRegistry Registry { get; }

    public ScriptedStore Store { get; } = new();

    public LogLines Log { get; } = new();

    public WriteThrough Queue { get; }

    public RegistryChange Register(string name, string? type = null) =>
        Registry.Register(new Registration { Name = name, Host = "192.168.1.20", Port = 80, Type = type });

    public Task Stored(RegistryChange change) => Queue.StoredAsync(change.Sequence, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass as the host would: the registry ticks, the queue steps when its timer would wake it.</summary>
    public void Pass(TimeSpan span)
    {
        var tick = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < span; passed += tick)
        {
            Clock.Advance(tick);
            Registry.Advance();
            Queue.Step();
        }
    }

    /// <summary>Steps until the queue has nothing more to do at this instant.</summary>
    public void Settle()
    {
        for (var steps = 0; steps < 5; steps++)
        {
            Queue.Step();
        }
    }

    public async Task AssertStoreIsLevelAsync() => Assert.Equal(
        Samples.Texts(Registry.Snapshot()).Order(),
        Samples.Texts(await Store.LoadAsync()).Order());

    public void Dispose() => Queue.Dispose();
}
