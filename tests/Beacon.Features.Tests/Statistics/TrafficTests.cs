using Beacon.Features.Health.History;
using Beacon.Features.Statistics;
using Beacon.Storage.Health;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Statistics;

public sealed class TrafficTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly MemoryHealthStore _store = new();
    private readonly TrafficCounter _counter = new();
    private TrafficHistory _history;

    public TrafficTests() => _history = Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task What_was_counted_is_in_the_minute_it_happened_in()
    {
        _counter.Count(TrafficKind.Heartbeat, 3);
        _counter.Lookup("mqtt");
        _counter.Lookup(null);
        await PassAsync(TimeSpan.FromMinutes(2));
        _counter.Count(TrafficKind.Registration);

        var traffic = await _history.ReadAsync(HistoryWindow.Hour, Token);

        Assert.Equal(2, traffic.Points.Count);
        Assert.Equal((3, 2, 1, 0), (traffic.Total[TrafficKind.Heartbeat], traffic.Total.Lookups, traffic.Total.AnyType, traffic.Points[0].Figures[TrafficKind.Registration]));
        Assert.Equal(("mqtt", 1L), traffic.Total.ByType.Select(x => (x.Key, x.Value)).Single());
        Assert.Equal(TimeSpan.FromMinutes(2), traffic.Points[1].Time - traffic.Points[0].Time);
    }

    [Fact]
    public async Task Every_window_says_what_a_naive_model_says_over_restarts()
    {
        var random = new Random(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));
        var model = new List<(DateTimeOffset At, int Beats)>();
        var end = _clock.GetUtcNow().AddDays(40);
        while (_clock.GetUtcNow() < end)
        {
            var beats = random.Next(1, 100);
            _counter.Count(TrafficKind.Heartbeat, beats);
            _counter.Lookup($"type {random.Next(3)}");
            model.Add((_clock.GetUtcNow(), beats));
            await _history.FlushAsync(Token);
            if (random.Next(50) == 0)
            {
                _history.Dispose();
                _history = Open();
            }

            _clock.Advance(TimeSpan.FromSeconds(random.Next(60, 3000)));
        }

        var now = _clock.GetUtcNow();
        foreach (var (window, part) in ((HistoryWindow, int)[])[(HistoryWindow.Hour, 60), (HistoryWindow.Day, 60), (HistoryWindow.Week, 3600), (HistoryWindow.Month, 3600)])
        {
            var traffic = await _history.ReadAsync(window, Token);
            var since = now.ToUnixTimeSeconds() - (HistoryWindows.Hours(window) * 3600);
            var expected = model.Where(x => (x.At.ToUnixTimeSeconds() / part * part) + part > since).ToList();
            Assert.Equal(expected.Sum(x => (long)x.Beats), traffic.Total[TrafficKind.Heartbeat]);
            Assert.Equal(expected.Count, traffic.Total.Lookups);
            Assert.Equal(traffic.Total.Lookups, traffic.Points.Sum(x => x.Figures.Lookups));
            Assert.InRange(traffic.Points.Count, expected.Count == 0 ? 0 : 1, HistoryLimits.MaxPoints);
        }

        Assert.InRange((await _store.ListAsync(SeriesKind.TrafficMinutes, 0, 1 << 23, default, 100, Token)).Count, 1, 25);
        Assert.InRange((await _store.ListAsync(SeriesKind.TrafficHours, 0, 1 << 23, default, 100, Token)).Count, 30, 32);
    }

    [Fact]
    public async Task A_whole_day_of_minutes_has_500_points_at_most()
    {
        for (var i = 0; i < 1500; i++)
        {
            _counter.Count(TrafficKind.Heartbeat);
            await PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.InRange((await _history.ReadAsync(HistoryWindow.Day, Token)).Points.Count, 480, HistoryLimits.MaxPoints);
    }

    [Fact]
    public async Task Types_beyond_the_limit_are_counted_together()
    {
        for (var i = 0; i < 100; i++)
        {
            _counter.Lookup($"type {i}");
        }

        _counter.Lookup(new string('x', 500));
        var total = (await _history.ReadAsync(HistoryWindow.Hour, Token)).Total;
        Assert.Equal((TrafficLimits.MaxTypes, 101 - TrafficLimits.MaxTypes, 101), (total.ByType.Count, (int)total.OtherTypes, (int)total.Lookups));
    }

    [Fact]
    public async Task A_damaged_chunk_is_left_out()
    {
        var random = new Random(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));
        _counter.Lookup("mqtt");
        await _history.FlushAsync(Token);
        var key = (await _store.ListAsync(SeriesKind.TrafficMinutes, 0, 1 << 23, default, 1, Token)).Single();
        for (var run = 0; run < 1000; run++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            await _store.WriteAsync(new HealthWrite { Chunks = [new Chunk(key, bytes)] }, Token);
            using var history = Open();
            await history.ReadAsync(HistoryWindow.Day, Token);
        }
    }

    [Fact]
    public void What_the_registry_counts_is_counted()
    {
        using var listening = new RegistryTraffic(_counter);
        var registry = new Registry.ServiceRegistry(_clock, new Registry.RegistryLimits(), new Registry.Events.EventHub());
        var before = new TrafficFigures();
        _counter.TakeInto(before);

        Assert.Equal(Registry.RegistryOutcome.UnknownService, registry.Deregister(Registry.Services.ServiceId.New()).Outcome);
        registry.Register(new Registry.Services.Registration { Name = "a", Host = "h", Port = 1 });

        var after = new TrafficFigures();
        _counter.TakeInto(after);
        Assert.InRange(after[TrafficKind.Registration], 1, long.MaxValue);
    }

    private async Task PassAsync(TimeSpan by)
    {
        await _history.FlushAsync(Token);
        _clock.Advance(by);
    }

    private TrafficHistory Open() => new(_counter, _store, _clock, NullLogger.Instance);
}
