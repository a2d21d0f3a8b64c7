using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class PendingWritesTests
{
    private readonly PendingWrites _pending = new();
    private readonly ServiceView _service = Samples.Service("one");
    private long _sequence;

    [Fact]
    public void Many_changes_of_one_service_become_one_write_of_its_newest_state()
    {
        Happen(RegistryEventKind.Registered, _service);
        Happen(RegistryEventKind.Updated, _service.WithLease(1));
        Happen(RegistryEventKind.Renewed, _service.WithLease(2));
        var write = Assert.Single(_pending.Take(withRenewals: false)!.Writes);
        Assert.Equal(_service.WithLease(2), write.State);
        Assert.False(write.LeaseOnly);
    }

    [Fact]
    public void A_renewal_alone_is_held_back_and_then_lease_only()
    {
        Happen(RegistryEventKind.Renewed, _service.WithLease(1));
        Happen(RegistryEventKind.Renewed, _service.WithLease(2));
        Assert.Null(_pending.Take(withRenewals: false));
        var batch = _pending.Take(withRenewals: true)!;
        Assert.Null(batch.OldestAt);
        Assert.Equal(Writes.Lease(_service.WithLease(2)), Assert.Single(batch.Writes));
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void An_end_or_a_return_of_a_lease_is_prompt_but_touches_no_content()
    {
        Happen(RegistryEventKind.Expired, _service.WithLease(1, ServiceStatus.Expired));
        Assert.True(Assert.Single(_pending.Take(withRenewals: false)!.Writes).LeaseOnly);
        Happen(RegistryEventKind.Revived, _service.WithLease(2));
        Assert.True(Assert.Single(_pending.Take(withRenewals: false)!.Writes).LeaseOnly);
    }

    [Fact]
    public void Very_many_ends_of_leases_go_in_portions_by_id_and_take_every_change_of_a_service_along()
    {
        const int Ends = (2 * StorageLimits.RenewalBatch) + 5;
        var services = Enumerable.Range(0, Ends).Select(number => Samples.Service($"s{number}")).ToArray();
        foreach (var service in services)
        {
            Happen(RegistryEventKind.Expired, service.WithLease(1, ServiceStatus.Expired));
        }

        var first = _pending.Take(withRenewals: false)!.Writes;
        Happen(RegistryEventKind.Registered, _service);
        var left = services.Select(x => x.Id).Except(first.Select(x => x.Id)).Order().ToArray();
        Happen(RegistryEventKind.Revived, services.First(x => x.Id == left[^1]).WithLease(7));
        Happen(RegistryEventKind.Removed, services.First(x => x.Id == left[^2]));
        Assert.True(_pending.HasPrompt);

        var second = _pending.Take(withRenewals: false)!.Writes;
        Assert.Equal([_service.Id, left[^2]], second.Where(x => !x.LeaseOnly).Select(x => x.Id));
        var third = _pending.Take(withRenewals: false)!.Writes;
        Assert.Null(_pending.Take(withRenewals: true));
        Assert.Equal([StorageLimits.RenewalBatch, StorageLimits.RenewalBatch + 2, 4], new[] { first, second, third }.Select(x => x.Count));
        var written = first.Concat(second).Concat(third).Where(x => x.LeaseOnly).ToArray();
        Assert.Equal(services.Select(x => x.Id).Where(id => id != left[^2]).Order(), written.Select(x => x.Id));
        Assert.Equal(services.First(x => x.Id == left[^1]).WithLease(7), written[^1].State);
    }

    [Fact]
    public void Refused_ends_of_leases_stay_below_later_ones_and_below_removals()
    {
        var renewed = Samples.Service("renewed");
        var removed = Samples.Service("removed");
        foreach (var service in new[] { _service, renewed, removed })
        {
            Happen(RegistryEventKind.Expired, service.WithLease(1, ServiceStatus.Expired));
        }

        var refused = _pending.Take(withRenewals: false)!;
        Happen(RegistryEventKind.Revived, _service.WithLease(2));
        Happen(RegistryEventKind.Renewed, renewed.WithLease(3));
        Happen(RegistryEventKind.Removed, removed);
        _pending.Return(refused, now: 99);
        var expected = new[] { Writes.Lease(_service.WithLease(2)), Writes.Lease(renewed.WithLease(3)), Writes.Remove(removed.Id) };
        var again = _pending.Take(withRenewals: false)!;
        Assert.Equal(expected.OrderBy(write => write.Id), again.Writes.OrderBy(write => write.Id));
        Assert.Equal(refused.OldestAt, again.OldestAt);
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void Content_not_yet_written_is_not_lost_under_a_later_lease()
    {
        Happen(RegistryEventKind.Registered, _service);
        Happen(RegistryEventKind.Expired, _service.WithLease(1, ServiceStatus.Expired));
        Assert.False(Assert.Single(_pending.Take(withRenewals: false)!.Writes).LeaseOnly);
    }

    [Fact]
    public void A_removal_replaces_what_was_pending_renewals_included()
    {
        Happen(RegistryEventKind.Renewed, _service);
        Happen(RegistryEventKind.Deregistered, _service);
        Assert.Equal(1, _pending.Tombstones);
        Assert.Equal(Writes.Remove(_service.Id), Assert.Single(_pending.Take(withRenewals: true)!.Writes));
        Assert.Equal(0, _pending.Tombstones);
    }

    [Fact]
    public void A_refused_batch_goes_below_what_happened_since()
    {
        var renewed = Samples.Service("renewed");
        var removed = Samples.Service("removed");
        var untouched = Samples.Service("untouched");
        foreach (var service in new[] { _service, renewed, removed, untouched })
        {
            Happen(RegistryEventKind.Registered, service);
        }

        var refused = _pending.Take(withRenewals: true)!;
        Happen(RegistryEventKind.Expired, _service.WithLease(5, ServiceStatus.Expired));
        Happen(RegistryEventKind.Renewed, renewed.WithLease(6));
        Happen(RegistryEventKind.Deregistered, removed);
        _pending.Return(refused, now: 99);

        var expected = new[]
        {
            Writes.Put(_service.WithLease(5, ServiceStatus.Expired)), Writes.Put(renewed.WithLease(6)), Writes.Remove(removed.Id), Writes.Put(untouched),
        };
        var again = _pending.Take(withRenewals: false)!;
        Assert.Equal(expected.OrderBy(write => write.Id), again.Writes.OrderBy(write => write.Id));
        Assert.Equal(refused.OldestAt, again.OldestAt);
    }

    [Fact]
    public void A_refused_removal_comes_back_and_counts()
    {
        Happen(RegistryEventKind.Removed, _service);
        var refused = _pending.Take(withRenewals: true)!;
        _pending.Return(refused, now: 99);
        Assert.Equal(1, _pending.Tombstones);
        Assert.Equal(Writes.Remove(_service.Id), Assert.Single(_pending.Take(withRenewals: false)!.Writes));
    }

    [Fact]
    public void The_end_of_a_clean_up_is_nothing_to_store()
    {
        _pending.Add(new RegistryEvent(1, RegistryEventKind.CleanedUp, Samples.Start, null, 3), now: 1);
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void The_oldest_prompt_change_sets_the_age_of_the_batch()
    {
        Happen(RegistryEventKind.Renewed, Samples.Service("lease"));
        Happen(RegistryEventKind.Registered, _service);
        Happen(RegistryEventKind.Registered, Samples.Service("two"));
        Assert.Equal(1, _pending.OldestRenewalAt);
        Assert.Equal(2, _pending.Take(withRenewals: true)!.OldestAt);
        Assert.Null(_pending.OldestRenewalAt);
        Assert.Null(_pending.OldestPromptAt);
    }

    /// <summary>The sequence serves as the clock.</summary>
    private void Happen(RegistryEventKind kind, ServiceView service)
    {
        _sequence++;
        _pending.Add(new RegistryEvent(_sequence, kind, Samples.Start, service, 0), now: _sequence);
    }
}
