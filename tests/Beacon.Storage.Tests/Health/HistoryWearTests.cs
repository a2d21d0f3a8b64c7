using System.Globalization;
using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Health;

/// <summary>What history costs a disk, measured on the real file: the figures of docs/health-history.md.</summary>
/// <remarks>Alone: the heap that is measured is that of the whole process, other tests' included.</remarks>
[Collection(Alone)]
public sealed class HistoryWearTests : IDisposable
{
    private const string Alone = "Wear, measured alone";
    private const int PageSize = 4096;
    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly Random _random = new(Seeds.Next(TestContext.Current.TestOutputHelper!.WriteLine));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_hundred_services_checked_every_minute_write_less_than_two_megabytes_an_hour()
    {
        using var database = Open();
        using var history = Open(database);
        var services = Services(100);
        await RunAsync(history, services, TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
        await database.ReadIntegerAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await database.ExecuteAsync("PRAGMA wal_autocheckpoint = 0");

        // Four hours with their ends; the log is not emptied on the way, so its length is what went to it.
        const int Hours = 4;
        await RunAsync(history, services, TimeSpan.FromHours(Hours), TimeSpan.FromMinutes(1));
        var log = new FileInfo(_folder.Database + "-wal").Length;
        var before = File.ReadAllBytes(_folder.Database);
        await database.ReadIntegerAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var moved = Differing(before, File.ReadAllBytes(_folder.Database)) * PageSize;
        var hourly = (log + moved) / Hours;
        Tell($"100 services, one check a minute: {hourly:N0} bytes written an hour ({log / Hours:N0} to the log, {moved / Hours:N0} moved to the file)");

        Assert.InRange(hourly, 1, 2 * 1024 * 1024);
    }

    [Fact]
    public async Task What_a_service_takes_a_day_is_what_the_documentation_says()
    {
        using var database = Open();
        using var history = Open(database);
        const int Count = 4;
        const int Days = 8;
        await RunAsync(history, Services(Count), TimeSpan.FromDays(Days), TimeSpan.FromMinutes(10));

        var raw = await PerDayAsync(database, SeriesKind.Results, Count, 1);
        var minutes = await PerDayAsync(database, SeriesKind.Minutes, Count, Days);
        var hours = await PerDayAsync(database, SeriesKind.Hours, Count, Days);
        var days = await PerDayAsync(database, SeriesKind.Days, Count, Days);
        Tell($"bytes a service and day: results {raw:N0}, minutes {minutes:N0}, hours {hours:N0}, days {days:N0}");
        Tell($"a service after a year: {raw + (30 * minutes) + (365 * (hours + days)):N0} bytes; each further year {365 * days:N0}");

        Assert.InRange(raw, 5_000, 11_000);
        Assert.InRange(minutes, 3_000, 6_000);
        Assert.InRange(hours, 100, 450);
        Assert.InRange(days, 4, 25);
    }

    [Fact]
    public async Task Ten_thousand_services_are_written_and_read_in_reasonable_time_and_memory()
    {
        using var database = Open();
        using var history = Open(database);
        var services = Services(10_000);
        await database.ExecuteAsync("PRAGMA wal_autocheckpoint = 0");
        await RunAsync(history, services[..1], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(history, services, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(1));
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / services.Count;
        var journal = new FileInfo(_folder.Database + "-wal").Length;
        _clock.Advance(TimeSpan.FromMinutes(10));
        var started = TimeProvider.System.GetTimestamp();
        await history.FlushAsync(TestContext.Current.CancellationToken);
        var rolled = TimeProvider.System.GetElapsedTime(started);
        var end = new FileInfo(_folder.Database + "-wal").Length - journal;
        Tell($"to the log: {journal:N0} bytes in 30 minutes, {end:N0} for the end of the hour");
        started = TimeProvider.System.GetTimestamp();
        var read = await history.ReadAsync(services[7].Id, HistoryWindow.Day, TestContext.Current.CancellationToken);
        Tell($"10,000 services: {memory:N0} bytes of memory each with 30 results of the running hour; the end of the hour takes {rolled.TotalMilliseconds:N0} ms, a look at one {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:N1} ms");

        Assert.Equal(30, read.Summary.Count);
        Assert.InRange(memory, 1, 2_000);
        Assert.InRange(rolled.TotalSeconds, 0, 60);
    }

    private static HealthHistory Open(SqliteDatabase database, TestClock clock) => new(
        database.Health, new HealthHistoryOptions(), _ => ServicePresence.Checked, clock, NullLogger.Instance);

    private static List<ServiceInstance> Services(int count) =>
    [
        .. Enumerable.Range(0, count).Select(x => Samples.Service($"service {x}").Instance with { HealthCheck = HealthCheckSettings.Default with { Url = "http://h/" } }),
    ];

    private static long Differing(byte[] before, byte[] after)
    {
        var pages = 0L;
        for (var at = 0; at < after.Length; at += PageSize)
        {
            var isSame = at + PageSize <= before.Length && before.AsSpan(at, PageSize).SequenceEqual(after.AsSpan(at, PageSize));
            pages += isSame ? 0 : 1;
        }

        return pages;
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder.Database, NullLogger.Instance, _clock);

    private HealthHistory Open(SqliteDatabase database) => Open(database, _clock);

    /// <summary>Every service is checked once a minute, spread over it; what is new is written at that distance.</summary>
    private async Task RunAsync(HealthHistory history, IReadOnlyList<ServiceInstance> services, TimeSpan length, TimeSpan flush)
    {
        var token = TestContext.Current.CancellationToken;
        var end = _clock.Elapsed + length;
        var flushed = _clock.Elapsed;
        while (_clock.Elapsed < end)
        {
            foreach (var service in services)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(60_000.0 / services.Count));
                var result = new CheckResult(
                    CheckOutcome.Healthy, _clock.GetUtcNow().AddMilliseconds(_random.Next(20)), TimeSpan.FromMilliseconds(1 + (60 * Math.Pow(_random.NextDouble(), 4))), 200);
                var view = new ServiceView(service, new LeaseState(ServiceStatus.Active, result.At, result.At), new HealthState { Status = HealthStatus.Healthy, Last = result });
                history.Observe(new HealthObservation(view, result, HealthState.Unchecked));
            }

            if (_clock.Elapsed - flushed >= flush)
            {
                await history.FlushAsync(token);
                flushed = _clock.Elapsed;
            }
        }
    }

    private static async Task<double> PerDayAsync(SqliteDatabase database, SeriesKind kind, int services, int days)
    {
        // A row has a key of nine bytes and four of its own beside the data.
        const int Overhead = 13;
        var (first, end) = (ChunkKey.Of(kind, 0, 0).Value, ChunkKey.Of(kind + 1, 0, 0).Value);
        var bytes = await database.ReadIntegerAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT coalesce(sum(length(data) + {Overhead}), 0) FROM health_chunks WHERE chunk >= {first} AND chunk < {end}"));
        return (double)bytes / services / days;
    }

    private static void Tell(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Whole;
}
