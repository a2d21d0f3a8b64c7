using Beacon.Registry.Services;
using Beacon.Storage.Replication;
using Beacon.Testing;

namespace Beacon.Storage.Tests.Support;

/// <summary>A replicated store between a spool and a scripted database, in virtual time. Nothing happens but what a test asks for.</summary>
internal sealed class ReplicationRig : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly List<ReplicatedStore> _stores = [];

    public ReplicationRig() => Spool = new MemorySpool(Clock);

    public TestClock Clock { get; } = new();

    public ISpool Spool { get; set; }

    public ScriptedSharedStore Shared { get; } = new();

    public LogLines Log { get; } = new();

    public ReplicatedStore Store { get; private set; } = null!;

    /// <summary>In the order in which they were told.</summary>
    public List<ReplicationState> States { get; } = [];

    public List<ServiceView> Offered { get; } = [];

    /// <summary>What the registry says to services it is offered.</summary>
    public Func<IReadOnlyList<ServiceView>, Adoption> Adopt { get; set; } = found => new Adoption(found.Count, [], 0);

    /// <summary>Starts, or starts again as after <c>kill -9</c>: only the spool and the database are left.</summary>
    /// <param name="takes">How much time passes if the database does not answer; 5 s when it is not said.</param>
    public async Task<ReplicatedStore> OpenAsync(TimeSpan? takes = null)
    {
        Store = new ReplicatedStore(Spool, Shared, Clock, Log)
        {
            StateChanged = status => States.Add(status.State),
            Adopt = found =>
            {
                Offered.AddRange(found);
                return Adopt(found);
            },
        };
        _stores.Add(Store);
        var opened = Store.OpenAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        if (!opened.IsCompleted)
        {
            Clock.Advance(takes ?? TimeSpan.FromSeconds(5));
        }

        await opened;
        return Store;
    }

    /// <summary>Hands a batch over and lets time pass until it is answered, which it must be within a second.</summary>
    public async Task<TimeSpan> ApplyAsync(params ServiceWrite[] batch)
    {
        var started = Clock.Elapsed;
        var applied = Store.ApplyAsync(batch, TestContext.Current.CancellationToken);
        Settle();
        while (!applied.IsCompleted && Clock.Elapsed - started < TimeSpan.FromSeconds(1))
        {
            Pass(Tick);
            await Task.Yield();
        }

        await applied;
        return Clock.Elapsed - started;
    }

    /// <summary>Lets time pass as the loop would.</summary>
    public void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Tick)
        {
            Clock.Advance(Tick);
            Settle();
        }
    }

    /// <summary>Steps until there is nothing more to do at this instant.</summary>
    public void Settle()
    {
        for (var steps = 0; steps < 8; steps++)
        {
            Store.Step();
        }
    }

    public void AssertDatabaseHolds(params ServiceView[] expected) =>
        Assert.Equal(Samples.Texts(expected).Order(), Samples.Texts(Shared.Services.Values).Order());

    public async Task AssertSpoolHoldsAsync(params ServiceView[] expected) =>
        Assert.Equal(Samples.Texts(expected).Order(), Samples.Texts(await Store.LoadAsync()).Order());

    public void Dispose() => _stores.ForEach(x => x.Dispose());
}
