using Beacon.Registry.Services;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class WriteThroughGroupingTests : IDisposable
{
    private readonly WriteThroughRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task A_registration_is_in_the_store_when_its_wait_ends()
    {
        var stored = _rig.Stored(_rig.Register("one"));
        Assert.False(stored.IsCompleted);
        _rig.Settle();
        await stored;
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task Who_registers_while_the_store_is_busy_shares_the_next_transaction_and_is_released_with_all_others()
    {
        _rig.Store.Hold();
        var first = _rig.Stored(_rig.Register("first"));
        _rig.Queue.Step();
        var others = Enumerable.Range(0, 50).Select(number => _rig.Stored(_rig.Register($"s{number}"))).ToArray();
        _rig.Settle();
        Assert.Single(_rig.Store.Attempts);
        Assert.False(first.IsCompleted);

        _rig.Store.Release();
        _rig.Store.Hold();
        _rig.Queue.Step();
        await first;
        Assert.All(others, other => Assert.False(other.IsCompleted));

        _rig.Store.Release();
        _rig.Queue.Step();
        await Task.WhenAll(others);
        Assert.Equal([1, 50], _rig.Store.Committed.Select(batch => batch.Count));
    }

    [BoundedFact]
    public async Task Only_the_newest_state_of_a_service_is_written()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Registry.Update(id, new ServicePatch { Tags = ["middle"] });
        _rig.Registry.Update(id, new ServicePatch { Tags = ["newest"] });
        _rig.Settle();
        var write = Assert.Single(Assert.Single(_rig.Store.Committed));
        Assert.Equal(["newest"], write.State!.Value.Instance.Tags);
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_service_that_came_and_went_leaves_nothing()
    {
        _rig.Store.Hold();
        var id = _rig.Register("one").Service.Id;
        _rig.Queue.Step();
        var gone = _rig.Stored(_rig.Registry.Deregister(id));
        _rig.Store.Release();
        _rig.Settle();
        await gone;
        Assert.Empty(await _rig.Store.LoadAsync());
    }

    [BoundedFact]
    public async Task A_change_that_changed_nothing_is_not_waited_for() =>
        await _rig.Queue.StoredAsync(0, TestContext.Current.CancellationToken);

    [BoundedFact]
    public async Task Who_stops_waiting_takes_nobody_along_and_the_change_is_stored_all_the_same()
    {
        using var impatient = new CancellationTokenSource();
        var change = _rig.Register("one");
        var left = _rig.Queue.StoredAsync(change.Sequence, impatient.Token);
        var stays = _rig.Stored(change);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _rig.Settle();
        await stays;
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task An_end_of_a_lease_is_written_at_once_and_touches_no_content()
    {
        _rig.Registry.Register(new Registration { Name = "short", Host = "h", Port = 1, TtlSeconds = 10 });
        _rig.Settle();
        _rig.Pass(TimeSpan.FromSeconds(10.5));
        var write = Assert.Single(_rig.Store.Committed[^1]);
        Assert.True(write.LeaseOnly);
        Assert.Equal(ServiceStatus.Expired, write.State!.Value.Status);
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_clean_up_reaches_the_store()
    {
        _rig.Registry.Register(new Registration { Name = "short", Host = "h", Port = 1, TtlSeconds = 10 });
        _rig.Pass(TimeSpan.FromSeconds(11));
        var change = _rig.Registry.CleanUp(TimeSpan.Zero, out var removed);
        Assert.Equal(1, removed);
        var stored = _rig.Stored(change);
        _rig.Settle();
        await stored;
        Assert.Empty(await _rig.Store.LoadAsync());
    }

    /// <summary>The earlier server went through all stored services one by one at start, with half a second between (defect B21).</summary>
    [Fact]
    public void B21_services_loaded_at_start_cost_no_write()
    {
        var stored = Enumerable.Range(0, 1000).Select(number => Samples.Service($"s{number}")).ToArray();
        using var rig = new WriteThroughRig(stored: stored);
        rig.Settle();
        Assert.Equal(stored.Length, rig.Registry.Count);
        Assert.Empty(rig.Store.Attempts);
    }
}
