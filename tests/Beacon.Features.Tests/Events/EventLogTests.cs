using System.Net;
using Beacon.Features.Events;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Events;

namespace Beacon.Features.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private static readonly IPAddress Client = IPAddress.Parse("192.168.1.78");
    private readonly EventRig _rig = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_life_of_a_service_is_told_in_order_with_who_asked_for_it()
    {
        var id = _rig.Registry.Register(EventRig.Wish()).Service.Id;
        _rig.Registry.Update(id, new ServicePatch { Tags = ["a"], Port = 81 }, Client);
        _rig.Pass(TimeSpan.FromSeconds(61));
        _rig.Registry.Renew(id, null, out _);
        _rig.Registry.SetMaintenance(id, new Maintenance(_rig.Clock.GetUtcNow(), new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), "new disks"), Client);
        _rig.Registry.SetMaintenance(id, null, Client);
        _rig.Registry.Deregister(id, Client);

        Assert.Equal(
            [
                "service_registered: 192.168.1.9:80", "service_updated: port, tags", "service_expired", "service_returned: 192.168.1.9:81",
                "maintenance_started: 2026-11-23T09:00:00Z: new disks", "maintenance_ended", "service_deregistered",
            ],
            await _rig.TellAsync());
        var entries = (await _rig.ReadAsync()).Reverse().ToList();
        Assert.Equal(
            ["192.168.1.77", "192.168.1.78", null, null, "192.168.1.78", "192.168.1.78", "192.168.1.78"],
            entries.Select(x => x.Source));
        Assert.All(entries, x => Assert.Equal((id, "nas"), (x.Service!.Value, x.Name)));
        Assert.Equal(Enumerable.Range(1, 7).Select(x => (long)x), entries.Select(x => x.Id));
    }

    [Fact]
    public async Task Heartbeats_and_registrations_that_say_nothing_new_are_no_events()
    {
        var id = _rig.Registry.Register(EventRig.Wish() with { Tags = ["a"], Metadata = [new("k", "v")] }).Service.Id;
        for (var i = 0; i < 10; i++)
        {
            _rig.Registry.Renew(id, null, out _);
            _rig.Registry.Register(EventRig.Wish() with { Tags = ["a"], Metadata = [new("k", "v")] });
            _rig.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Single(await _rig.ReadAsync());
    }

    [Fact]
    public async Task An_expired_service_that_registers_again_came_back_and_is_not_new()
    {
        _rig.Registry.Register(EventRig.Wish());
        _rig.Pass(TimeSpan.FromSeconds(61));
        _rig.Registry.Register(EventRig.Wish());

        Assert.Equal(["service_registered: 192.168.1.9:80", "service_expired", "service_returned: 192.168.1.9:80"], await _rig.TellAsync());
    }

    [Fact]
    public async Task Health_is_told_when_it_changes_with_its_cause()
    {
        var wish = EventRig.Wish(ttl: 86_400) with { HealthCheck = new HealthCheckPatch { UrlIsSet = true, Url = "http://192.168.1.9/" } };
        var service = _rig.Registry.Register(wish).Service.Instance;
        Report(CheckOutcome.Healthy, null);
        for (var i = 0; i < 5; i++)
        {
            Report(CheckOutcome.Error, "connection refused");
        }

        Report(CheckOutcome.Healthy, null);

        Assert.Equal(
            [
                "health_status_changed: healthy", "health_status_changed: unhealthy: connection refused", "health_status_changed: healthy",
            ],
            (await _rig.TellAsync()).Skip(1));

        void Report(CheckOutcome outcome, string? error)
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(10));
            _rig.Registry.ReportHealth(service, new CheckResult(outcome, _rig.Clock.GetUtcNow(), null, null, error));
        }
    }

    [Fact]
    public async Task A_clean_up_is_one_entry_with_the_number_of_services()
    {
        for (var i = 0; i < 20; i++)
        {
            _rig.Registry.Register(EventRig.Wish($"s{i}"));
        }

        _rig.Pass(TimeSpan.FromSeconds(61));
        _rig.Registry.CleanUp(TimeSpan.Zero, out _, Client);

        var newest = (await _rig.ReadAsync())[0];
        Assert.Equal((EventKind.ServicesCleanup, "20", "192.168.1.78", null), (newest.Kind, newest.Detail, newest.Source, newest.Name));
        Assert.Equal(41, (await _rig.ReadAsync()).Count);
    }

    [Fact]
    public async Task What_was_written_survives_a_kill_and_numbers_go_on_rising()
    {
        _rig.Registry.Register(EventRig.Wish());
        await _rig.Log.FlushAsync(Token);
        _rig.Log.Record(EventKind.StoreFailed, "lost with the process");
        _rig.Kill();
        _rig.Log.Record(EventKind.BeaconStarted, "1.0");

        Assert.Equal(["service_registered: 192.168.1.9:80", "beacon_started: 1.0"], await _rig.TellAsync());
        Assert.Equal([2, 1], (await _rig.ReadAsync()).Select(x => x.Id));
    }

    [Fact]
    public async Task The_loop_writes_what_came_together_every_few_seconds_and_nothing_else()
    {
        using var stop = new CancellationTokenSource();
        var running = _rig.Log.RunAsync(stop.Token);
        for (var i = 0; i < 30; i++)
        {
            _rig.Log.Record(EventKind.MdnsRenamed, $"{i}");
        }

        Assert.Empty(_rig.Store.Batches);
        for (var i = 0; i < 5; i++)
        {
            _rig.Clock.Advance(EventLimits.FlushInterval);
            await Task.Yield();
        }

        SpinWait.SpinUntil(() => _rig.Store.Batches.Count > 0, TimeSpan.FromSeconds(10));
        Assert.Equal([30], _rig.Store.Batches);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Ten_thousand_services_that_expire_at_once_are_all_told_in_portions()
    {
        const int Count = 10_000;
        for (var i = 0; i < Count; i++)
        {
            _rig.Registry.Register(EventRig.Wish($"s{i}"));
        }

        await _rig.Log.FlushAsync(Token);
        _rig.Store.Batches.Clear();
        _rig.Pass(TimeSpan.FromSeconds(61));
        await _rig.Log.FlushAsync(Token);

        Assert.Equal(0, _rig.Log.Dropped);
        Assert.Equal(Count, _rig.Store.Batches.Sum());
        Assert.InRange(_rig.Store.Batches.Max(), 1, 1_000);
        Assert.Equal(Count, (await _rig.ReadAsync(new EventQuery { Kinds = [EventKind.ServiceExpired] })).Count);
    }

    [Fact]
    public async Task More_than_the_queue_holds_costs_the_oldest_and_they_are_counted()
    {
        const int TooMany = 100;
        for (var i = 0; i < EventLimits.QueueCapacity + TooMany; i++)
        {
            _rig.Registry.Register(EventRig.Wish($"{i}"));
        }

        var all = await _rig.ReadAsync();
        Assert.Equal((EventLimits.QueueCapacity, $"{TooMany}"), (all.Count, all[^1].Name));
        Assert.Equal(TooMany, _rig.Log.Dropped);
    }

    [Fact]
    public async Task A_store_that_refuses_costs_nothing_until_the_bound_and_nobody_waits()
    {
        const int TooMany = 50;
        _rig.Store.IsAway = true;
        for (var i = 0; i < EventLimits.MaxWaiting + TooMany; i++)
        {
            _rig.Log.Record(EventKind.MdnsRenamed, $"{i}");
        }

        await _rig.Log.FlushAsync(Token);
        Assert.Empty(await _rig.ReadAsync());
        Assert.Equal(TooMany, _rig.Log.Dropped);

        _rig.Store.IsAway = false;
        var all = await _rig.ReadAsync();
        Assert.Equal((EventLimits.MaxWaiting, "0"), (all.Count, all[^1].Detail));
        Assert.Equal(all.Count, all.Select(x => x.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_write_that_took_effect_and_failed_all_the_same_costs_a_repetition_and_no_number_twice()
    {
        _rig.Log.Record(EventKind.BeaconStarted);
        _rig.Store.LosesAnswer = true;
        await _rig.Log.FlushAsync(Token);
        _rig.Log.Record(EventKind.StoreFailed);

        Assert.Equal([(3, EventKind.StoreFailed), (2, EventKind.BeaconStarted), (1, EventKind.BeaconStarted)], (await _rig.ReadAsync()).Select(x => (x.Id, x.Kind)));
    }

    [Fact]
    public async Task A_detail_is_cut_and_not_through_a_character()
    {
        _rig.Log.Record(EventKind.StoreFailed, string.Concat(Enumerable.Repeat("🍳", 200)));

        var detail = (await _rig.ReadAsync())[0].Detail!;
        Assert.InRange(detail.Length, 254, EventLimits.MaxDetail);
        Assert.EndsWith("🍳…", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_older_than_wanted_goes_once_the_clock_can_be_trusted()
    {
        _rig.Log.Record(EventKind.BeaconStarted);
        await _rig.Log.FlushAsync(Token);
        _rig.Clock.StepWallClock(TimeSpan.FromDays(91));
        _rig.Log.Record(EventKind.StoreFailed);
        await _rig.Log.FlushAsync(Token);
        Assert.Equal(2, (await _rig.ReadAsync()).Count);

        _rig.Clock.Advance(TimeSpan.FromHours(2));
        await _rig.Log.FlushAsync(Token);
        Assert.Equal(["store_failed"], await _rig.TellAsync());
    }

    [Fact]
    public async Task Beyond_the_number_kept_the_oldest_go_also_after_a_flood()
    {
        using var rig = new EventRig(new EventLogOptions { MaxEntries = 100 });
        for (var i = 1; i <= 9_000; i++)
        {
            rig.Log.Record(EventKind.MdnsRenamed, $"{i}");
        }

        for (var i = 0; i < 4; i++)
        {
            await rig.Log.FlushAsync(Token);
        }

        var left = await rig.ReadAsync();
        Assert.Equal((100, "9000", "8901"), (left.Count, left[0].Detail, left[^1].Detail));
    }
}
