using Beacon.Storage.Replication;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Replication;

/// <summary>
/// Two sides that disagree: the registry wins for what it holds, the database for what was never seen, and nothing is deleted because one
/// side does not have it.
/// </summary>
public sealed class ReplicationComparisonTests : IDisposable
{
    private static readonly TimeSpan NextCheck = ReplicationLimits.CheckInterval + TimeSpan.FromSeconds(5);
    private readonly ReplicationRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task A_database_that_was_emptied_is_filled_again()
    {
        await _rig.OpenAsync();
        var (one, two) = (Samples.Service("one", 81), Samples.Service("two", 82));
        await _rig.ApplyAsync(Writes.Put(one), Writes.Put(two));
        _rig.Shared.Forget(one.Id);
        _rig.Shared.Forget(two.Id);
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(one, two);
        await _rig.AssertSpoolHoldsAsync(one, two);
        Assert.StartsWith("2 services had vanished", _rig.Log.Single(3307), StringComparison.Ordinal);
    }

    [BoundedFact]
    public async Task A_change_to_a_service_that_vanished_brings_it_back_at_once_and_whole()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        _rig.Shared.Forget(one.Id);
        await _rig.ApplyAsync(Writes.Lease(one.WithLease(7)));
        _rig.AssertDatabaseHolds(one.WithLease(7));
    }

    [BoundedFact]
    public async Task A_database_restored_from_a_backup_gets_what_changed_since_and_keeps_nothing_that_left()
    {
        await _rig.OpenAsync();
        var (stays, changes, leaves) = (Samples.Service("stays", 81), Samples.Service("changes", 82), Samples.Service("leaves", 83));
        await _rig.ApplyAsync(Writes.Put(stays), Writes.Put(changes), Writes.Put(leaves));
        var restore = _rig.Shared.Backup();
        var comes = Samples.Service("comes", 84);
        await _rig.ApplyAsync(Writes.Put(changes.WithLease(30)), Writes.Remove(leaves.Id), Writes.Put(comes));
        restore();
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(stays, changes.WithLease(30), comes);
        Assert.Empty(_rig.Offered);
        Assert.Equal(1, _rig.Log.Count(3310));
    }

    [BoundedFact]
    public async Task What_somebody_else_changed_is_written_over_by_what_is_registered()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        _rig.Shared.Put(Samples.Service("edited", id: one.Id), 17);
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(one);
        Assert.True(_rig.Shared.RevisionOf(one.Id) > 17, "a revision must never go back");
        Assert.Equal(1, _rig.Log.Count(3308));
    }

    [BoundedFact]
    public async Task A_service_only_the_database_knows_is_offered_to_the_registry_once()
    {
        await _rig.OpenAsync();
        var stranger = Samples.Service("stranger");
        _rig.Shared.Put(stranger, 4);
        _rig.Pass(3 * NextCheck);
        Assert.Equal(stranger.Id, Assert.Single(_rig.Offered).Id);
        Assert.Equal(1, _rig.Log.Count(3309));

        // The registry took it and tells the store like of any change.
        await _rig.ApplyAsync(Writes.Put(stranger.WithLease(1)));
        _rig.AssertDatabaseHolds(stranger.WithLease(1));
        Assert.Equal(5, _rig.Shared.RevisionOf(stranger.Id));
    }

    [BoundedFact]
    public async Task A_service_that_was_removed_elsewhere_is_not_offered()
    {
        await _rig.OpenAsync();
        var one = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(one));
        var restore = _rig.Shared.Backup();
        await _rig.ApplyAsync(Writes.Remove(one.Id));
        Assert.Contains(one.Id, _rig.Shared.Removed);

        // Another Beacon, which knows only the database, finds it there again.
        _rig.Spool = new MemorySpool(_rig.Clock);
        _rig.Shared.Put(one, 1);
        await _rig.OpenAsync();
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_rig.Offered);
        await _rig.AssertSpoolHoldsAsync();
        _rig.AssertDatabaseHolds();
        restore();
    }

    [BoundedFact]
    public async Task A_service_whose_name_is_registered_under_another_id_is_set_aside_not_deleted()
    {
        await _rig.OpenAsync();
        var registered = Samples.Service("name");
        var other = Samples.Service("name");
        _rig.Shared.Put(other, 3);
        _rig.Adopt = _ => new Adoption(0, [(other.Id, registered.Id)], 0);
        await _rig.ApplyAsync(Writes.Put(registered));
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(registered);
        Assert.Equal(other.Id, Assert.Single(_rig.Shared.SetAside).Id);
    }

    [BoundedFact]
    public async Task Two_services_that_exchange_their_names_both_get_there()
    {
        await _rig.OpenAsync();
        var (one, two) = (Samples.Service("one"), Samples.Service("two"));
        await _rig.ApplyAsync(Writes.Put(one), Writes.Put(two));
        var (renamedOne, renamedTwo) = (Samples.Service("two", id: one.Id), Samples.Service("one", id: two.Id));
        await _rig.ApplyAsync(Writes.Put(renamedOne), Writes.Put(renamedTwo));
        _rig.Pass(TimeSpan.FromSeconds(6));
        _rig.AssertDatabaseHolds(renamedOne, renamedTwo);
        Assert.Empty(_rig.Shared.SetAside);
        Assert.NotEmpty(_rig.Shared.Parked);
    }

    [BoundedFact]
    public async Task A_service_the_database_refuses_holds_up_no_other_and_is_tried_again()
    {
        await _rig.OpenAsync();
        var (bad, good) = (Samples.Service("bad", 81), Samples.Service("good", 82));
        _rig.Shared.Refusals[bad.Id] = "Document failed validation";
        await _rig.ApplyAsync(Writes.Put(bad), Writes.Put(good));
        _rig.AssertDatabaseHolds(good);
        await _rig.AssertSpoolHoldsAsync(bad, good);
        Assert.Equal(ReplicationState.Healthy, _rig.Store.Status.State);
        Assert.Equal("Document failed validation", _rig.Store.Status.LastError);
        Assert.Equal(1, _rig.Store.Status.Spooled);

        _rig.Shared.Refusals.Clear();
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(bad, good);
        Assert.Null(_rig.Store.Status.LastError);
        Assert.Equal(1, _rig.Log.Count(3312));
    }

    [BoundedFact]
    public async Task A_removed_service_that_is_still_in_the_way_is_removed_and_not_set_aside()
    {
        await _rig.OpenAsync();
        var old = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(old));

        // The database has a revision nobody here knows of, and the removal meets that one.
        _rig.Shared.Put(old with { Instance = old.Instance with { Tags = ["lost answer"] } }, 7);
        var successor = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Remove(old.Id), Writes.Put(successor));
        _rig.Pass(TimeSpan.FromSeconds(5));
        _rig.AssertDatabaseHolds(successor);
        Assert.Empty(_rig.Shared.SetAside);
        Assert.Equal(0, _rig.Log.Count(3311));
    }

    /// <summary>Nobody was told that it is removed, so it lives; and it must not die when somebody else reads the database.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removal_that_was_remembered_and_not_carried_out_does_not_haunt_a_living_service(bool isStillThere)
    {
        await _rig.OpenAsync();
        var service = Samples.Service("one");
        await _rig.ApplyAsync(Writes.Put(service));
        _rig.Shared.RememberRemoval(service.Id);
        if (!isStillThere)
        {
            _rig.Shared.Lose(service.Id);
        }

        // Killed here. The spool knows nothing of the removal.
        await _rig.OpenAsync();
        _rig.Pass(TimeSpan.FromSeconds(2));
        _rig.AssertDatabaseHolds(service);

        _rig.Spool = new MemorySpool(_rig.Clock);
        await _rig.OpenAsync();
        await _rig.AssertSpoolHoldsAsync(service);
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(service);
    }

    [BoundedFact]
    public async Task A_service_that_was_never_in_the_database_has_not_vanished_from_it()
    {
        await _rig.OpenAsync();
        _rig.Shared.AnswerMissing = 1;
        await _rig.ApplyAsync(Writes.Put(Samples.Service("one")));
        _rig.Pass(TimeSpan.FromSeconds(5));
        Assert.Single(_rig.Shared.Services);
        Assert.Equal(0, _rig.Log.Count(3307));
    }

    [BoundedFact]
    public async Task A_start_takes_what_the_database_holds()
    {
        var there = Samples.Service("there");
        _rig.Shared.Put(there, 3);
        await _rig.OpenAsync();
        await _rig.AssertSpoolHoldsAsync(there);
        Assert.False(_rig.Store.IsBlind);
        Assert.True(_rig.Store.Status.HasMet);
        _rig.Pass(NextCheck);
        Assert.Empty(_rig.Shared.Batches);
    }

    [BoundedFact]
    public async Task A_first_start_without_the_database_is_blind_until_it_is_met()
    {
        _rig.Shared.IsHanging = true;
        _rig.Shared.Put(Samples.Service("there"), 3);
        await _rig.OpenAsync();
        Assert.True(_rig.Store.IsBlind);
        Assert.Equal(1, _rig.Log.Count(3314));
        _rig.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(ReplicationState.Down, _rig.Store.Status.State);

        _rig.Shared.IsHanging = false;
        _rig.Pass(TimeSpan.FromMinutes(3));
        Assert.False(_rig.Store.IsBlind);
        Assert.Single(_rig.Offered);
        Assert.Equal(ReplicationState.Healthy, _rig.Store.Status.State);
    }

    [BoundedFact]
    public async Task A_database_that_was_away_is_prepared_again_because_it_may_be_another_one()
    {
        await _rig.OpenAsync();
        await _rig.ApplyAsync(Writes.Put(Samples.Service("one")));
        Assert.Equal(1, _rig.Shared.Prepared);
        _rig.Shared.Failure = new IOException("away");
        await _rig.ApplyAsync(Writes.Put(Samples.Service("two", 82)));
        _rig.Shared.Failure = null;
        _rig.Pass(TimeSpan.FromSeconds(12));
        Assert.Equal(2, _rig.Shared.Prepared);
    }

    [BoundedFact]
    public async Task A_full_registry_leaves_the_rest_in_the_database_and_says_so()
    {
        await _rig.OpenAsync();
        _rig.Adopt = found => new Adoption(0, [], found.Count);
        var one = Samples.Service("one");
        _rig.Shared.Put(one, 1);
        _rig.Pass(NextCheck);
        _rig.AssertDatabaseHolds(one);
        Assert.Equal(1, _rig.Log.Count(3313));
    }
}
