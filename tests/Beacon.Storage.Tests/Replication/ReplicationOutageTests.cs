using Beacon.Registry.Services;
using Beacon.Storage.Replication;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Replication;

/// <summary>A database that is slow, cut off or away: who is answered when, and what reaches it in the end.</summary>
public sealed class ReplicationOutageTests : IDisposable
{
    /// <summary>After that even a comparison that hangs is given up and made again.</summary>
    private static readonly TimeSpan GivenUp = ReplicationLimits.ContactLimit + TimeSpan.FromSeconds(12);
    private readonly ReplicationRig _rig = new();

    public void Dispose() => _rig.Dispose();

    /// <summary>Whoever asks meanwhile finds nobody there: a Beacon that knows its services does not keep them waiting for those it does not.</summary>
    [BoundedFact]
    public async Task A_start_with_known_services_waits_half_a_second_for_a_database_that_hangs()
    {
        await _rig.OpenAsync();
        var known = Samples.Service("known");
        await _rig.ApplyAsync(Writes.Put(known));
        _rig.Shared.IsHanging = true;
        var opened = _rig.OpenAsync(TimeSpan.FromMilliseconds(500));
        Assert.True(opened.IsCompleted);
        await opened;
        await _rig.AssertSpoolHoldsAsync(known);

        _rig.Shared.IsHanging = false;
        var there = Samples.Service("only in the database", 90);
        _rig.Shared.Put(there, 3);
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(there.Id, Assert.Single(_rig.Offered).Id);
    }

    [BoundedFact]
    public async Task A_change_is_answered_when_spool_and_database_have_it()
    {
        await _rig.OpenAsync();
        _rig.Shared.Hold();
        var one = Samples.Service("one");
        var applied = _rig.Store.ApplyAsync(Writes.Put(one));
        _rig.Pass(TimeSpan.FromMilliseconds(500));
        Assert.False(applied.IsCompleted);
        Assert.Equal(1, _rig.Store.Status.Spooled);

        _rig.Shared.Release();
        _rig.Settle();
        await applied;
        _rig.AssertDatabaseHolds(one);
        await _rig.AssertSpoolHoldsAsync(one);
        Assert.Empty(_rig.States);
        Assert.Equal(0, _rig.Store.Status.Spooled);
    }

    [BoundedFact]
    public async Task A_slow_database_costs_the_first_change_its_patience_and_the_next_ones_nothing()
    {
        await _rig.OpenAsync();
        _rig.Shared.Hold();
        Assert.Equal(ReplicationLimits.AnswerLimit, await _rig.ApplyAsync(Writes.Put(Samples.Service("one"))));
        Assert.Equal(ReplicationState.Behind, _rig.Store.Status.State);
        Assert.Equal(TimeSpan.Zero, await _rig.ApplyAsync(Writes.Put(Samples.Service("two", 81))));
        Assert.Equal(1, _rig.Log.Count(3303));
        Assert.Equal(2, _rig.Store.Status.Spooled);

        _rig.Shared.Release();
        _rig.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal([ReplicationState.Behind, ReplicationState.Draining, ReplicationState.Healthy], _rig.States);
        Assert.Equal(2, _rig.Shared.Services.Count);
    }

    [BoundedFact]
    public async Task An_outage_goes_through_all_states_and_each_is_told_once()
    {
        await _rig.OpenAsync();
        _rig.Shared.Failure = new IOException("connection refused");
        await _rig.ApplyAsync(Writes.Put(Samples.Service("one")));
        Assert.Equal(ReplicationState.Behind, _rig.Store.Status.State);
        Assert.Equal("connection refused", _rig.Store.Status.LastError);

        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(ReplicationState.Down, _rig.Store.Status.State);
        Assert.InRange(_rig.Store.Status.Behind, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));
        Assert.Equal(1, _rig.Log.Count(3301));
        Assert.Contains("connection refused", _rig.Log.Single(3304), StringComparison.Ordinal);

        _rig.Shared.Failure = null;
        _rig.Shared.Hold();
        _rig.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal(ReplicationState.Draining, _rig.Store.Status.State);
        Assert.Null(_rig.Store.Status.LastError);
        _rig.Shared.Release();
        _rig.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal([ReplicationState.Behind, ReplicationState.Down, ReplicationState.Draining, ReplicationState.Healthy], _rig.States);
        Assert.Equal(1, _rig.Log.Count(3305));
        Assert.Equal(1, _rig.Log.Count(3306));
    }

    [BoundedFact]
    public async Task A_database_that_is_away_is_asked_with_growing_pauses_and_some_chance_in_them()
    {
        await _rig.OpenAsync();
        var opened = _rig.Shared.Calls;
        _rig.Shared.Failure = new IOException("gone");
        await _rig.ApplyAsync(Writes.Put(Samples.Service("one")));
        var before = _rig.Shared.Calls;
        _rig.Pass(TimeSpan.FromMinutes(5));

        // 100 ms doubling to 5 s, each up to a fifth shorter.
        Assert.InRange(_rig.Shared.Calls - before, 60, 85);
        Assert.Equal(1, _rig.Log.Count(3301));

        // From the first call on: handing the change over may have let time pass, and attempts with it.
        Assert.Equal(_rig.Shared.Calls - opened - 1, _rig.Log.Count(3302));
    }

    [BoundedFact]
    public async Task The_spool_is_bounded_by_the_services_and_drained_in_the_order_of_first_changes()
    {
        await _rig.OpenAsync();
        ServiceView[] services = [Samples.Service("a", 81), Samples.Service("b", 82), Samples.Service("c", 83)];
        _rig.Shared.Failure = new IOException("gone");
        for (var round = 0; round < 300; round++)
        {
            var at = round % 3;
            services[at] = services[at].WithLease(round);
            await _rig.ApplyAsync(Writes.Put(services[at]));
        }

        Assert.Equal(3, _rig.Store.Status.Spooled);
        _rig.Shared.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(12));
        Assert.Equal(services.Select(x => x.Id), Assert.Single(_rig.Shared.Batches).Select(x => x.Id));
        _rig.AssertDatabaseHolds(services);
    }

    [BoundedFact]
    public async Task A_lost_answer_is_neither_a_lost_nor_a_doubled_write()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        _rig.Shared.FailureAfterwards = new IOException("cut");
        await _rig.ApplyAsync(Writes.Put(one));
        var newer = one.WithLease(60);
        await _rig.ApplyAsync(Writes.Lease(newer));
        _rig.Shared.FailureAfterwards = null;
        _rig.Pass(TimeSpan.FromSeconds(12));
        _rig.AssertDatabaseHolds(newer);
        Assert.Equal(0, _rig.Log.Count(3308));
        Assert.Equal(ReplicationState.Healthy, _rig.Store.Status.State);
    }

    [BoundedFact]
    public async Task A_write_that_was_given_up_and_arrives_late_undoes_nothing()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        _rig.Shared.IsHanging = true;
        await _rig.ApplyAsync(Writes.Put(one.WithLease(10)));
        _rig.Pass(TimeSpan.FromSeconds(11));
        _rig.Shared.IsHanging = false;
        var newest = one.WithLease(20);
        await _rig.ApplyAsync(Writes.Put(newest));
        _rig.Pass(GivenUp);
        _rig.AssertDatabaseHolds(newest);

        _rig.Shared.ArriveLate();
        _rig.AssertDatabaseHolds(newest);
    }

    [BoundedFact]
    public async Task A_registration_that_arrives_after_its_removal_is_removed_again()
    {
        await _rig.OpenAsync();
        _rig.Shared.IsHanging = true;
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        await _rig.ApplyAsync(Writes.Remove(one.Id));
        _rig.Pass(TimeSpan.FromSeconds(11));
        _rig.Shared.IsHanging = false;
        _rig.Pass(GivenUp);
        Assert.Equal(0, _rig.Store.Status.Spooled);

        _rig.Shared.ArriveLate();
        Assert.Single(_rig.Shared.Services);
        _rig.Pass(TimeSpan.FromSeconds(65));
        _rig.AssertDatabaseHolds();
        Assert.Equal(1, _rig.Log.Count(3310));
        Assert.Empty(_rig.Offered);
    }

    [BoundedFact]
    public async Task After_kill_9_in_an_outage_the_spool_is_sent_and_nothing_else()
    {
        await _rig.OpenAsync();
        var (kept, changed, gone) = (Samples.Service("kept", 81), Samples.Service("changed", 82), Samples.Service("gone", 83));
        await _rig.ApplyAsync(Writes.Put(kept), Writes.Put(changed), Writes.Put(gone));
        await _rig.ApplyAsync(Writes.Lease(kept.WithLease(1)));
        _rig.Shared.Failure = new IOException("away");
        await _rig.ApplyAsync(Writes.Remove(gone.Id));
        await _rig.ApplyAsync(Writes.Put(changed.WithLease(5)));
        _rig.Pass(TimeSpan.FromSeconds(3));

        await _rig.OpenAsync();
        await _rig.AssertSpoolHoldsAsync(kept.WithLease(1), changed.WithLease(5));
        Assert.False(_rig.Store.IsBlind);
        _rig.Shared.Batches.Clear();
        _rig.Shared.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(12));
        _rig.AssertDatabaseHolds(kept.WithLease(1), changed.WithLease(5));

        // The lease of the first was stored but its acknowledgement not yet spooled: it may be sent once more.
        Assert.Subset(new HashSet<ServiceId> { kept.Id, changed.Id, gone.Id }, _rig.Shared.Batches.SelectMany(x => x).Select(x => x.Id).ToHashSet());
    }

    [BoundedFact]
    public async Task A_stop_remembers_what_the_database_has_so_that_the_next_start_sends_nothing()
    {
        var store = await _rig.OpenAsync();
        using var stop = new CancellationTokenSource();
        var running = store.RunAsync(stop.Token);
        await store.ApplyAsync(Writes.Put(Samples.Service("one")));
        await stop.CancelAsync();
        await running;

        _rig.Shared.Batches.Clear();
        await _rig.OpenAsync();
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_rig.Shared.Batches);
    }

    [BoundedFact]
    public async Task A_spool_that_fails_is_a_failure_although_the_database_is_well()
    {
        _rig.Spool = new FailingSpool(_rig.Spool);
        await _rig.OpenAsync();
        ((FailingSpool)_rig.Spool).Failure = new IOException("no space left");
        await Assert.ThrowsAsync<IOException>(() => _rig.ApplyAsync(Writes.Put(Samples.Service("one"))));
    }

    [BoundedFact]
    public async Task A_heartbeat_that_comes_after_the_removal_brings_nothing_back()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        await _rig.ApplyAsync(Writes.Remove(one.Id));
        await _rig.ApplyAsync(Writes.Lease(one.WithLease(9)));
        _rig.Pass(TimeSpan.FromSeconds(65));
        _rig.AssertDatabaseHolds();
        await _rig.AssertSpoolHoldsAsync();
    }

    [BoundedFact]
    public async Task A_large_batch_goes_in_several_exchanges_and_is_answered_after_the_last()
    {
        await _rig.OpenAsync();
        var many = Enumerable.Range(1, 2 * ReplicationLimits.MaxBatch + 1).Select(x => Samples.Service("s", x)).ToArray();
        await _rig.ApplyAsync([.. many.Select(Writes.Put)]);
        Assert.Equal([ReplicationLimits.MaxBatch, ReplicationLimits.MaxBatch, 1], _rig.Shared.Batches.Select(x => x.Count));
        Assert.Equal(many.Length, _rig.Shared.Services.Count);
    }

    [BoundedFact]
    public async Task Removals_are_forgotten_after_a_day()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        await _rig.ApplyAsync(Writes.Remove(one.Id));
        _rig.Clock.Advance(ReplicationLimits.TombstoneLife + TimeSpan.FromMinutes(2));
        _rig.Pass(TimeSpan.FromMinutes(2));

        // Seen for the first time, as far as anybody remembers.
        _rig.Shared.Forget(one.Id);
        _rig.Shared.Put(one, 9);
        _rig.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(one.Id, Assert.Single(_rig.Offered).Id);
    }
}
