using Beacon.Registry;
using Beacon.Registry.Services;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class WriteThroughFailureTests : IDisposable
{
    private readonly WriteThroughRig _rig = new();

    public void Dispose() => _rig.Dispose();

    /// <summary>
    /// Without its database the earlier server answered 500 to every registration and never tried again (defect B15). Here the client gets
    /// a reason in time, the service stays registered, and reaches the store when that is back.
    /// </summary>
    [BoundedFact]
    public async Task B15_a_store_that_is_away_costs_an_answer_but_no_registration()
    {
        _rig.Store.Failure = new IOException("no space left");
        var change = _rig.Register("one");
        var stored = _rig.Stored(change);
        _rig.Pass(TimeSpan.FromSeconds(2.1));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => stored);
        Assert.Contains("no space left", refused.Message, StringComparison.Ordinal);
        Assert.True(_rig.Registry.TryGet(change.Service.Id, out _));

        var again = _rig.Register("one");
        Assert.Equal(RegistryOutcome.Updated, again.Outcome);
        Assert.Equal(change.Service.Id, again.Service.Id);
        _rig.Store.Failure = null;
        stored = _rig.Stored(again);
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        await stored;
        await _rig.AssertStoreIsLevelAsync();
        Assert.Equal(StoreState.Healthy, _rig.Queue.Status.State);
    }

    [BoundedFact]
    public async Task What_could_not_be_stored_is_stored_without_anybody_asking_again()
    {
        _rig.Store.Failure = new IOException("gone");
        _rig.Register("one");
        _rig.Pass(TimeSpan.FromMinutes(10));
        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        await _rig.AssertStoreIsLevelAsync();
        Assert.Equal(0, _rig.Queue.Status.PendingChanges);
    }

    [BoundedFact]
    public async Task A_store_that_hangs_costs_an_answer_in_time_too()
    {
        _rig.Store.Hold();
        var stored = _rig.Stored(_rig.Register("one"));
        _rig.Pass(TimeSpan.FromSeconds(2.1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stored);
        Assert.Equal(StoreState.Down, _rig.Queue.Status.State);
        Assert.Equal(1, _rig.Log.Count(3004));
        Assert.Single(_rig.Store.Attempts);

        _rig.Store.Release();
        _rig.Settle();
        Assert.Equal(StoreState.Healthy, _rig.Queue.Status.State);
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_short_failure_is_bridged_and_the_client_never_learns_of_it()
    {
        _rig.Store.Failure = new IOException("locked");
        var stored = _rig.Stored(_rig.Register("one"));
        _rig.Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal(StoreState.Behind, _rig.Queue.Status.State);
        Assert.Equal("locked", _rig.Queue.Status.LastError);
        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        await stored;
    }

    [BoundedFact]
    public async Task While_the_store_is_down_one_fresh_attempt_is_enough_for_a_refusal()
    {
        _rig.Store.Failure = new IOException("gone");
        _rig.Register("one");
        _rig.Pass(TimeSpan.FromSeconds(5));
        var stored = _rig.Stored(_rig.Register("two"));
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stored);
    }

    [Fact]
    public void A_dead_store_is_asked_once_a_second_and_told_about_once()
    {
        _rig.Store.Failure = new IOException("gone");
        _rig.Register("one");
        _rig.Pass(TimeSpan.FromSeconds(60));
        Assert.InRange(_rig.Store.Attempts.Count, 55, 90);
        Assert.Equal(1, _rig.Log.Count(3000));
        Assert.Equal(1, _rig.Log.Count(3002));
    }

    [Fact]
    public void The_status_says_how_bad_it_is_and_since_when()
    {
        _rig.Store.Failure = new IOException("gone");
        var began = _rig.Clock.GetUtcNow();
        _rig.Register("one");
        _rig.Register("two");
        _rig.Settle();
        _rig.Pass(TimeSpan.FromSeconds(30));
        var down = _rig.Queue.Status;
        Assert.Equal((StoreState.Down, "gone", 2), (down.State, down.LastError, down.PendingChanges));
        Assert.InRange((down.Since - began).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.InRange(down.Behind, TimeSpan.FromSeconds(29), TimeSpan.FromSeconds(31));

        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        var good = _rig.Queue.Status;
        Assert.Equal((StoreState.Healthy, null, 0, TimeSpan.Zero), (good.State, good.LastError, good.PendingChanges, good.Behind));
        Assert.True(good.Since > began);
        Assert.Equal(1, _rig.Log.Count(3003));
    }

    [BoundedFact]
    public async Task A_refused_state_does_not_overwrite_a_newer_one()
    {
        _rig.Store.Hold();
        var id = _rig.Register("one").Service.Id;
        _rig.Queue.Step();
        _rig.Registry.Update(id, new ServicePatch { Tags = ["newer"] });
        _rig.Queue.Step();
        var gate = _rig.Store.Gate!;
        _rig.Store.Gate = null;
        gate.SetException(new IOException("gone"));
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        Assert.Equal(["newer"], Assert.Single(await _rig.Store.LoadAsync()).Instance.Tags);
    }

    [BoundedFact]
    public async Task A_removal_that_was_refused_is_made_up_for()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Settle();
        _rig.Store.Failure = new IOException("gone");
        _rig.Registry.Deregister(id);
        _rig.Pass(TimeSpan.FromSeconds(3));
        _rig.Store.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(1.1));
        Assert.Empty(await _rig.Store.LoadAsync());
    }

    [BoundedFact]
    public async Task A_heartbeat_during_an_outage_is_answered_and_stored_later()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Settle();
        _rig.Store.Failure = new IOException("gone");
        for (var second = 0; second < 5; second++)
        {
            _rig.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal(RegistryOutcome.Renewed, _rig.Registry.Renew(id, null, out _));
        }

        _rig.Store.Failure = null;
        _rig.Pass(StorageLimits.RenewalInterval + TimeSpan.FromSeconds(1));
        await _rig.AssertStoreIsLevelAsync();
    }

    /// <summary>The earlier server swallowed database errors and answered as if nothing were registered (defect B16).</summary>
    [Fact]
    public void B16_the_registry_answers_in_full_while_the_store_is_down()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Settle();
        _rig.Store.Failure = new IOException("gone");
        _rig.Register("two");
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(StoreState.Down, _rig.Queue.Status.State);
        Assert.Equal(2, _rig.Registry.Snapshot().Count);
        Assert.True(_rig.Registry.TryGet(id, out _));
    }
}
