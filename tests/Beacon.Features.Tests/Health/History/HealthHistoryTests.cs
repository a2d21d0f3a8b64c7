using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Testing;

namespace Beacon.Features.Tests.Health.History;

public sealed class HealthHistoryTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly HistoryRig _rig = new();
    private readonly ServiceInstance _nas = HistoryRig.Service();

    [Fact]
    public async Task A_result_is_there_the_moment_it_came()
    {
        var result = _rig.Check(_nas, 12.34);

        var history = await _rig.ReadAsync(_nas, HistoryWindow.Hour);

        var one = Assert.Single(history.Results);
        Assert.Equal((CheckOutcome.Healthy, 200, 12.3), (one.Outcome, one.StatusCode, Math.Round(one.ResponseMilliseconds!.Value, 3)));
        Assert.Equal(result.At.ToUnixTimeMilliseconds(), one.At.ToUnixTimeMilliseconds());
        Assert.Equal(1, history.Uptime[HistoryWindow.Year]);
        Assert.Equal(1, Assert.Single(history.Points).Count);
    }

    [Fact]
    public async Task A_service_that_was_never_checked_has_an_empty_history()
    {
        var history = await _rig.ReadAsync(_nas);

        Assert.All(history.Uptime.Values, x => Assert.Null(x));
        Assert.Empty(history.Points);
        Assert.Empty(history.Results);
        Assert.Null(history.Summary.P95);
    }

    [Fact]
    public async Task The_last_instant_of_an_hour_and_the_first_of_the_next_are_kept_apart()
    {
        _rig.Clock.StepWallClock(new DateTimeOffset(2026, 11, 23, 23, 59, 59, 999, TimeSpan.Zero) - _rig.Now);
        _rig.Check(_nas, 1);
        _rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        _rig.Check(_nas, 2);
        await _rig.PassHourAsync();
        await _rig.PassHourAsync();

        var history = await _rig.ReadAsync(_nas, HistoryWindow.Week);

        Assert.Equal(["2026-11-23T23", "2026-11-24T00"], history.Points.Select(x => $"{x.Time:yyyy-MM-ddTHH}"));
        Assert.Equal([1.0, 2.0], history.Points.Select(x => x.Mean!.Value));
        var year = await _rig.ReadAsync(_nas, HistoryWindow.Year);
        Assert.Equal([23, 24], year.Points.Select(x => x.Time.Day));
    }

    [Fact]
    public async Task What_was_flushed_survives_a_kill_and_nothing_comes_twice()
    {
        for (var i = 0; i < 90; i++)
        {
            _rig.Check(_nas, i);
            await _rig.PassAsync(Minute);
            if (i % 7 == 0)
            {
                await _rig.KillAsync();
            }
        }

        _rig.Check(_nas, 1000);
        await _rig.KillAsync();

        var history = await _rig.ReadAsync(_nas);
        Assert.Equal(90, history.Summary.Count);
        Assert.Equal(89, history.Summary.Max!.Value, 1e-6);
    }

    [Fact]
    public async Task A_kill_between_any_two_writes_loses_nothing_that_was_flushed()
    {
        for (var allowed = 0; allowed < 12; allowed++)
        {
            var rig = new HistoryRig();
            var nas = HistoryRig.Service();
            rig.Clock.StepWallClock(new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero) - rig.Now);
            for (var i = 0; i < 25; i++)
            {
                rig.Check(nas, i);
                await rig.PassAsync(Minute);
            }

            rig.Store.WritesLeft = allowed;
            for (var i = 0; i < 10; i++)
            {
                // Over midnight: the hour's chunks and the day's are made, as far as the store lets them.
                await rig.PassAsync(Minute);
            }

            rig.Store.WritesLeft = null;
            await rig.KillAsync();
            await rig.PassAsync(Minute);

            Assert.Equal(25, (await rig.ReadAsync(nas)).Summary.Count);
            Assert.Equal(25, Assert.Single((await rig.ReadAsync(nas, HistoryWindow.Year)).Points).Count);
        }
    }

    [Fact]
    public async Task A_store_that_refuses_for_hours_gets_everything_when_it_is_back()
    {
        _rig.Store.WritesLeft = 0;
        for (var i = 0; i < 300; i++)
        {
            _rig.Check(_nas, i);
            await _rig.PassAsync(Minute);
        }

        _rig.Store.WritesLeft = null;
        await _rig.PassAsync(Minute);
        await _rig.KillAsync();

        Assert.Equal(300, (await _rig.ReadAsync(_nas)).Summary.Count);
    }

    [Fact]
    public async Task Days_of_random_results_are_what_a_naive_model_says()
    {
        var random = new Random(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));
        var model = new List<(DateTimeOffset At, bool Passed, double? Time)>();
        var end = _rig.Now.AddDays(4);
        while (_rig.Now < end)
        {
            await _rig.PassAsync(TimeSpan.FromSeconds(random.Next(30, 300)));
            var passed = random.Next(10) > 0;
            double? time = passed || random.Next(2) == 0 ? random.Next(1, 40_000) / 10.0 : null;
            var result = _rig.Check(_nas, time, passed ? CheckOutcome.Healthy : CheckOutcome.Unhealthy);
            model.Add((result.At, passed, time));
            if (random.Next(200) == 0)
            {
                await _rig.History.FlushAsync(TestContext.Current.CancellationToken);
                await _rig.KillAsync();
            }
        }

        foreach (var window in (HistoryWindow[])[HistoryWindow.Hour, HistoryWindow.Day])
        {
            var history = await _rig.ReadAsync(_nas, window);
            var part = model.Where(x => x.At.ToUnixTimeMilliseconds() > _rig.Now.AddHours(-HistoryWindows.Hours(window)).ToUnixTimeMilliseconds()).ToList();
            Assert.Equal(part.Count, history.Summary.Count);
            Assert.Equal(part.Average(x => x.Passed ? 1 : 0), history.Uptime[window]!.Value, 1e-9);
            Assert.Equal(Rank(part.Select(x => x.Time), 0.95), history.Summary.P95!.Value, 1e-6);
        }

        var hours = (await _rig.ReadAsync(_nas, HistoryWindow.Week)).Points;
        Assert.Equal(model.Count, hours.Sum(x => x.Count));
        foreach (var group in model.GroupBy(x => x.At.ToUnixTimeSeconds() / 3600))
        {
            var hour = Assert.Single(hours, x => x.Time.ToUnixTimeSeconds() / 3600 == group.Key);
            Assert.Equal((Rank(group.Select(x => x.Time), 0.5), Rank(group.Select(x => x.Time), 0.95)), (Tenth(hour.P50), Tenth(hour.P95)));
        }

        var days = (await _rig.ReadAsync(_nas, HistoryWindow.Year)).Points;
        foreach (var group in model.GroupBy(x => x.At.UtcDateTime.Date).SkipLast(1))
        {
            var day = Assert.Single(days, x => x.Time.UtcDateTime.Date == group.Key);
            Assert.Equal((group.Count(), Rank(group.Select(x => x.Time), 0.5), Rank(group.Select(x => x.Time), 0.95)), (day.Count, Tenth(day.P50), Tenth(day.P95)));
        }
    }

    [Fact]
    public async Task No_window_has_more_than_500_points_however_long_and_often_was_checked()
    {
        var rig = new HistoryRig();
        var end = rig.Now.AddDays(400);
        while (rig.Now < end)
        {
            // Every minute in the last two days, every hour before: what a year of minutes comes to is seen by its edges.
            rig.Check(_nas, 2);
            await rig.PassAsync(rig.Now > end.AddDays(-2) ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(55));
        }

        foreach (var window in HistoryWindows.All)
        {
            var history = await rig.ReadAsync(_nas, window);
            Assert.InRange(history.Points.Count, 55, HistoryLimits.MaxPoints);
            Assert.Equal(HistoryLimits.LastResults, history.Results.Count);
            Assert.Equal(1, history.Uptime[window]);
        }
    }

    [Fact]
    public async Task What_is_older_than_it_is_kept_for_goes()
    {
        var rig = new HistoryRig(options: new HealthHistoryOptions { RawHours = 24, MinuteDays = 2, HourDays = 3, DayDays = 40 });
        for (var i = 0; i < 24 * 100; i++)
        {
            rig.Check(_nas, 2);
            await rig.PassHourAsync();
        }

        var now = rig.Now.ToUnixTimeSeconds() / 3600;
        Assert.Equal((now - 24, now - 1), await KeptAsync(rig, SeriesKind.Results));
        Assert.Equal((now - 48, now - 1), await KeptAsync(rig, SeriesKind.Minutes));
        var (firstDay, _) = await KeptAsync(rig, SeriesKind.Hours);
        Assert.Equal((now - 72) / 24 * 24, firstDay);
        var (firstMonth, _) = await KeptAsync(rig, SeriesKind.Days);
        Assert.InRange((now - firstMonth) / 24, 40, 40 + 31);
    }

    [Fact]
    public async Task A_clock_set_back_loses_and_doubles_nothing()
    {
        for (var i = 0; i < 150; i++)
        {
            _rig.Check(_nas, 2);
            await _rig.PassAsync(Minute);
        }

        _rig.Clock.StepWallClock(TimeSpan.FromHours(-2));
        for (var i = 0; i < 200; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromSeconds(1));
            _rig.Check(_nas, 4);
            await _rig.PassAsync(Minute);
        }

        await _rig.KillAsync();
        Assert.Equal(350, (await _rig.ReadAsync(_nas)).Summary.Count);
        Assert.Equal(350, (await _rig.ReadAsync(_nas, HistoryWindow.Week)).Points.Sum(x => x.Count));
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_throws_nothing_away_before_a_day_has_passed()
    {
        for (var i = 0; i < 100; i++)
        {
            _rig.Check(_nas, 2);
            await _rig.PassAsync(Minute);
        }

        _rig.Clock.StepWallClock(TimeSpan.FromDays(4000));
        _rig.Check(_nas, 2);
        await _rig.PassHourAsync();
        await _rig.PassHourAsync();
        _rig.Clock.StepWallClock(TimeSpan.FromDays(-4000));
        await _rig.PassHourAsync();

        Assert.Equal(100, (await _rig.ReadAsync(_nas)).Summary.Count);
    }

    [Fact]
    public async Task A_clock_that_stays_ahead_is_believed_after_a_day()
    {
        _rig.Check(_nas, 2);
        await _rig.PassHourAsync();
        _rig.Clock.StepWallClock(TimeSpan.FromDays(4000));
        for (var i = 0; i < 30; i++)
        {
            await _rig.PassHourAsync();
        }

        Assert.Empty(await _rig.Store.ListAsync(SeriesKind.Hours, 0, 1 << 23, default, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_history_of_a_service_that_is_gone_goes_after_a_day()
    {
        var other = HistoryRig.Service("other");
        for (var i = 0; i < 200; i++)
        {
            _rig.Check(_nas, 2);
            _rig.Check(other, 2);
            await _rig.PassAsync(Minute);
        }

        _rig.Gone.Add(_nas.Id);
        for (var i = 0; i < 23; i++)
        {
            await _rig.PassHourAsync();
        }

        Assert.Equal(200, (await _rig.ReadAsync(_nas, HistoryWindow.Week)).Summary.Count);
        await _rig.PassHourAsync();
        await _rig.PassHourAsync();

        Assert.Equal(0, (await _rig.ReadAsync(_nas, HistoryWindow.Week)).Summary.Count);
        Assert.Equal(200, (await _rig.ReadAsync(other, HistoryWindow.Week)).Summary.Count);
        var left = await Task.WhenAll(Enum.GetValues<SeriesKind>().Select(
            x => _rig.Store.ListAsync(x, 0, 1 << 23, default, 10_000, TestContext.Current.CancellationToken)));
        Assert.Equal([2], left.SelectMany(x => x).Select(x => x.Series).Distinct());
    }

    [Fact]
    public async Task A_damaged_chunk_is_left_out_and_the_rest_is_read()
    {
        for (var i = 0; i < 200; i++)
        {
            _rig.Check(_nas, 2);
            await _rig.PassAsync(Minute);
        }

        var token = TestContext.Current.CancellationToken;
        var keys = await _rig.Store.ListAsync(SeriesKind.Results, 0, 1 << 23, default, 10, token);
        await _rig.Store.WriteAsync(new HealthWrite { Chunks = [new Chunk(keys[1], new byte[] { 99, 1, 2 })] }, token);

        var day = await _rig.ReadAsync(_nas);
        Assert.Equal(140, day.Summary.Count);
        Assert.Equal(200, (await _rig.ReadAsync(_nas, HistoryWindow.Week)).Summary.Count);
    }

    [Fact]
    public async Task Results_beyond_what_an_hour_may_have_are_dropped_and_counted()
    {
        for (var i = 0; i < HistoryLimits.MaxResultsPerHour + 5; i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
            _rig.Check(_nas, 2);
        }

        Assert.Equal(HistoryLimits.MaxResultsPerHour, (await _rig.ReadAsync(_nas, HistoryWindow.Hour)).Summary.Count);
        Assert.Equal(5, _rig.History.Dropped);
    }

    [Fact]
    public async Task When_the_queue_is_full_the_newest_are_dropped_and_counted()
    {
        for (var i = 0; i < HistoryLimits.QueueCapacity + 7; i++)
        {
            _rig.Check(HistoryRig.Service(), 2);
        }

        Assert.Equal(7, _rig.History.Dropped);
        await _rig.History.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HistoryLimits.QueueCapacity, _rig.History.Services);
    }

    [Fact]
    public async Task The_uptime_of_all_is_there_again_after_a_restart()
    {
        for (var i = 0; i < 300; i++)
        {
            _rig.Check(_nas, 2);
            _rig.Check(HistoryRig.Service("other", id: new ServiceId(new Guid(1, 2, 3, new byte[8]))), 2, i % 2 == 0 ? CheckOutcome.Healthy : CheckOutcome.Timeout);
            await _rig.PassAsync(Minute);
        }

        Assert.Equal(0.75, _rig.History.Uptime!.Value, 1e-9);
        await _rig.KillAsync();
        Assert.Equal(0.75, _rig.History.Uptime!.Value, 1e-9);
    }

    private static double Tenth(double? value) => Math.Round(value ?? -1, 1);

    private static double Rank(IEnumerable<double?> values, double share)
    {
        var sorted = values.OfType<double>().Order().ToList();
        return sorted.Count == 0 ? -1 : sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
    }

    private static async Task<(long First, long Last)> KeptAsync(HistoryRig rig, SeriesKind kind)
    {
        var keys = await rig.Store.ListAsync(kind, 0, 1 << 23, default, 10_000, TestContext.Current.CancellationToken);
        return (keys[0].Hour, keys[^1].Hour);
    }
}
