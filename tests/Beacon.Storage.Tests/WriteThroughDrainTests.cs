using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class WriteThroughDrainTests : IDisposable
{
    private readonly WriteThroughRig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task A_drain_stores_heartbeats_that_were_held_back_without_a_loop()
    {
        RenewOne();
        await _rig.Queue.DrainAsync(Token);
        await _rig.AssertStoreIsLevelAsync();
        Assert.Equal(0, _rig.Queue.Status.PendingChanges);
    }

    [BoundedFact]
    public async Task A_drain_beside_a_running_loop_leaves_the_work_to_it()
    {
        using var stop = new CancellationTokenSource();
        var running = _rig.Queue.RunAsync(stop.Token);
        await _rig.Stored(_rig.Register("one"));
        await _rig.Queue.DrainAsync(Token);
        await stop.CancelAsync();
        await running;
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_drain_after_the_loop_ended_finishes_what_it_left()
    {
        using var stop = new CancellationTokenSource();
        var running = _rig.Queue.RunAsync(stop.Token);
        await _rig.Stored(_rig.Register("one"));
        await stop.CancelAsync();
        await running;
        RenewOne();
        _rig.Register("two");
        await _rig.Queue.DrainAsync(Token);
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_drain_takes_over_from_a_loop_that_ends_in_between()
    {
        _rig.Store.Hold();
        using var stop = new CancellationTokenSource();
        var running = _rig.Queue.RunAsync(stop.Token);
        _rig.Register("one");
        var drained = _rig.Queue.DrainAsync(Token);
        await stop.CancelAsync();
        await running;
        Assert.False(drained.IsCompleted);
        _rig.Store.Release();
        await drained;
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_drain_into_a_dead_store_ends_when_its_time_is_up_and_the_next_one_works()
    {
        _rig.Store.Hold();
        _rig.Register("one");
        using var timeUp = new CancellationTokenSource();
        var drained = _rig.Queue.DrainAsync(timeUp.Token);
        await timeUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drained);

        _rig.Store.Release();
        await _rig.Queue.DrainAsync(Token);
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_drain_with_nothing_to_do_ends_at_once() => await _rig.Queue.DrainAsync(Token);

    [BoundedFact]
    public async Task Two_drains_at_a_time_both_end()
    {
        RenewOne();
        await Task.WhenAll(_rig.Queue.DrainAsync(Token), _rig.Queue.DrainAsync(Token));
        await _rig.AssertStoreIsLevelAsync();
    }

    private void RenewOne()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Settle();
        _rig.Registry.Renew(id, null, out _);
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
        _rig.Registry.Advance();
    }
}
