using Beacon.Registry.Services;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

/// <summary>A queue that overflowed brings the store level with the registry, removals included.</summary>
public sealed class WriteThroughResyncTests : IDisposable
{
    private const int Capacity = 8;
    private readonly WriteThroughRig _rig = new(Capacity);

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task Nothing_is_missing_and_nothing_left_over_after_an_overflow_and_every_wait_ends()
    {
        var leaving = Enumerable.Range(0, Capacity).Select(number => _rig.Register($"early{number}").Service.Id).ToArray();
        _rig.Settle();
        var waits = Enumerable.Range(0, 100).Select(number => _rig.Stored(_rig.Register($"late{number}"))).ToList();
        waits.AddRange(leaving.Select(id => _rig.Stored(_rig.Registry.Deregister(id))));

        _rig.Settle();
        await Task.WhenAll(waits);
        await _rig.AssertStoreIsLevelAsync();
        Assert.Equal(1, _rig.Log.Count(3006));
        Assert.Equal(100, _rig.Registry.Count);
    }

    [BoundedFact]
    public async Task No_wait_ends_before_the_store_is_level()
    {
        _rig.Store.Hold();
        var waits = Enumerable.Range(0, Capacity * 3).Select(number => _rig.Stored(_rig.Register($"s{number}"))).ToArray();
        _rig.Settle();
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        _rig.Store.Release();
        _rig.Settle();
        await Task.WhenAll(waits);
    }

    [BoundedFact]
    public async Task What_happens_during_the_resynchronisation_is_stored_after_it()
    {
        var id = _rig.Register("first").Service.Id;
        _rig.Settle();
        _rig.Store.Hold();
        for (var number = 0; number < Capacity * 2; number++)
        {
            _rig.Register($"s{number}");
        }

        _rig.Queue.Step();
        _rig.Registry.Update(id, new ServicePatch { Tags = ["newest"] });
        var gone = _rig.Register("gone").Service.Id;
        var last = _rig.Stored(_rig.Registry.Deregister(gone));
        _rig.Queue.Step();
        Assert.Equal(1, _rig.Store.Loads);

        _rig.Store.Release();
        _rig.Settle();
        await last;
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_resynchronisation_that_fails_is_tried_again()
    {
        _rig.Store.Failure = new IOException("gone");
        for (var number = 0; number < Capacity * 2; number++)
        {
            _rig.Register($"s{number}");
        }

        var refused = _rig.Stored(_rig.Register("last"));
        _rig.Pass(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);
        Assert.Equal(StoreState.Down, _rig.Queue.Status.State);
        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        await _rig.AssertStoreIsLevelAsync();
        Assert.Equal(StoreState.Healthy, _rig.Queue.Status.State);
    }

    [BoundedFact]
    public async Task Removals_of_a_long_outage_do_not_pile_up_without_bound()
    {
        var kept = _rig.Register("kept");
        _rig.Settle();
        _rig.Store.Failure = new IOException("gone");
        for (var number = 0; number <= StorageLimits.MaxTombstones; number++)
        {
            _rig.Registry.Deregister(_rig.Register("passing").Service.Id);
            _rig.Queue.Step();
        }

        Assert.True(_rig.Queue.Status.PendingChanges <= StorageLimits.MaxTombstones);
        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(kept.Service.Id, Assert.Single(await _rig.Store.LoadAsync()).Id);
    }
}
