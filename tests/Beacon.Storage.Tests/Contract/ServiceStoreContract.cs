using Beacon.Registry.Services;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests.Contract;

/// <summary>What every store of services must do. A store runs it by deriving from it.</summary>
public abstract class ServiceStoreContract
{
    protected abstract IServiceStore Store { get; }

    [Fact]
    public async Task An_empty_store_holds_nothing() => Assert.Empty(await Store.LoadAsync());

    [Fact]
    public async Task Every_field_comes_back_as_it_was()
    {
        var service = Samples.Everything();
        await Store.ApplyAsync(Writes.Put(service));
        Assert.Equal(Samples.Text(service), Samples.Text(Assert.Single(await Store.LoadAsync())));
    }

    [Fact]
    public async Task What_was_not_said_comes_back_as_not_said()
    {
        var service = Samples.Service("bare");
        service = service with { Instance = service.Instance with { Tags = [], Metadata = [], SourceAddress = null } };
        await Store.ApplyAsync(Writes.Put(service));
        var loaded = Assert.Single(await Store.LoadAsync()).Instance;
        Assert.Null(loaded.SourceAddress);
        Assert.Null(loaded.HealthCheck.Url);
        Assert.Empty(loaded.Tags);
        Assert.Empty(loaded.Metadata);
        Assert.Empty(loaded.MdnsTxtRecords);
    }

    [Fact]
    public async Task Services_are_loaded_in_creation_order_then_by_id()
    {
        var services = Enumerable.Range(0, 50).Select(number => Samples.Service($"s{number}")).Select((service, number) =>
            service with { Instance = service.Instance with { CreatedAt = Samples.Start.AddSeconds(number % 7) } }).ToList();
        await Store.ApplyAsync([.. services.Select(Writes.Put)]);
        var expected = services.OrderBy(service => service.Instance.CreatedAt).ThenBy(service => service.Id.ToString(), StringComparer.Ordinal);
        Assert.Equal(expected.Select(service => service.Id), (await Store.LoadAsync()).Select(service => service.Id));
    }

    [Fact]
    public async Task A_second_write_of_a_service_replaces_the_first()
    {
        var first = Samples.Service("one");
        var second = first with { Instance = first.Instance with { Tags = ["new"], Type = "mqtt" } };
        await Store.ApplyAsync(Writes.Put(first));
        await Store.ApplyAsync(Writes.Put(second));
        Assert.Equal(Samples.Text(second), Samples.Text(Assert.Single(await Store.LoadAsync())));
    }

    [Fact]
    public async Task A_lease_only_write_moves_the_lease_and_nothing_else()
    {
        var service = Samples.Service("one");
        await Store.ApplyAsync(Writes.Put(service));
        var renewed = service.WithLease(77, ServiceStatus.Expired);
        await Store.ApplyAsync(Writes.Lease(renewed with { Instance = renewed.Instance with { Type = "not to be written" } }));
        Assert.Equal(Samples.Text(renewed), Samples.Text(Assert.Single(await Store.LoadAsync())));
    }

    [Fact]
    public async Task A_late_heartbeat_does_not_bring_a_removed_service_back()
    {
        var service = Samples.Service("one");
        await Store.ApplyAsync(Writes.Put(service));
        await Store.ApplyAsync(Writes.Remove(service.Id));
        await Store.ApplyAsync(Writes.Lease(service.WithLease(5)));
        Assert.Empty(await Store.LoadAsync());
    }

    [Fact]
    public async Task A_removed_service_is_gone_and_the_others_stay()
    {
        var kept = Samples.Service("kept");
        var gone = Samples.Service("gone");
        await Store.ApplyAsync(Writes.Put(kept), Writes.Put(gone));
        await Store.ApplyAsync(Writes.Remove(gone.Id));
        Assert.Equal(kept.Id, Assert.Single(await Store.LoadAsync()).Id);
    }

    [Fact]
    public async Task Removing_what_is_not_there_is_no_error()
    {
        await Store.ApplyAsync(Writes.Remove(ServiceId.New()));
        Assert.Empty(await Store.LoadAsync());
    }

    [Fact]
    public async Task A_service_that_left_makes_room_for_the_same_name_under_a_new_id_in_one_batch()
    {
        var old = Samples.Service("one");
        var successor = Samples.Service("one");
        await Store.ApplyAsync(Writes.Put(old));
        await Store.ApplyAsync(Writes.Put(successor), Writes.Remove(old.Id));
        Assert.Equal(successor.Id, Assert.Single(await Store.LoadAsync()).Id);
    }

    [Fact]
    public async Task Two_services_may_swap_their_names_in_one_batch()
    {
        var left = Samples.Service("left");
        var right = Samples.Service("right");
        await Store.ApplyAsync(Writes.Put(left), Writes.Put(right));
        left = left with { Instance = left.Instance with { Name = "right" } };
        right = right with { Instance = right.Instance with { Name = "left" } };
        await Store.ApplyAsync(Writes.Put(left), Writes.Put(right));
        Assert.Equal(Samples.Texts([left, right]).Order(), Samples.Texts(await Store.LoadAsync()).Order());
    }

    /// <summary>The earlier server put its own key into each update, which failed for documents that others had written (defect B9).</summary>
    [Fact]
    public async Task B9_every_loaded_service_can_be_updated_again_under_its_own_id()
    {
        await Store.ApplyAsync(Writes.Put(Samples.Everything()), Writes.Put(Samples.Service("plain")));
        foreach (var loaded in await Store.LoadAsync())
        {
            var updated = loaded with { Instance = loaded.Instance with { Type = "updated" } };
            await Store.ApplyAsync(Writes.Put(updated));
        }

        var all = await Store.LoadAsync();
        Assert.Equal(2, all.Count);
        Assert.All(all, service => Assert.Equal("updated", service.Instance.Type));
    }

    [Fact]
    public async Task Ten_thousand_services_come_back_from_one_batch()
    {
        var services = Enumerable.Range(0, 10_000).Select(number => Samples.Service($"s{number}")).ToArray();
        await Store.ApplyAsync([.. services.Select(Writes.Put)]);
        await Store.ApplyAsync([.. services.Select(service => Writes.Lease(service.WithLease(9)))]);
        var loaded = await Store.LoadAsync();
        Assert.Equal(services.Length, loaded.Count);
        Assert.All(loaded, service => Assert.Equal(Samples.Start.AddSeconds(9), service.Lease.LastHeartbeat));
    }

    [Fact]
    public async Task A_ping_takes_some_time_but_no_negative_one() =>
        Assert.True(await Store.PingAsync(TestContext.Current.CancellationToken) >= TimeSpan.Zero);
}
