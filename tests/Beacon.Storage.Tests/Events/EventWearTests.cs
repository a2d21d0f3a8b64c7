using System.Globalization;
using Beacon.Registry.Services;
using Beacon.Storage.Events;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Events;

/// <summary>What the event log costs at its bound, measured on the real file: the figures of docs/events.md.</summary>
public sealed class EventWearTests : IDisposable
{
    private const int Entries = 100_000;
    private const int Services = 100;
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_log_takes_the_disk_and_the_time_that_the_documentation_says()
    {
        using var database = SqliteDatabase.Open(_folder.Database, NullLogger.Instance, TimeProvider.System);
        var ids = Enumerable.Range(0, Services).Select(_ => ServiceId.New()).ToList();
        var before = await BytesAsync(database);
        for (var first = 1; first < Entries; first += 1_000)
        {
            await database.Events.WriteAsync([.. Enumerable.Range(first, 1_000).Select(x => Entry(x, ids[x % Services]))], Token);
        }

        var bytes = (await BytesAsync(database) - before) / Entries;
        var nothing = await TimeAsync(database, new EventQuery { Text = "nowhere to be found" }, 0);
        var page = await TimeAsync(database, new EventQuery { Limit = 99 }, 99);
        var ofOne = await TimeAsync(database, new EventQuery { Service = ids[7], Limit = 99 }, 99);
        Tell($"{bytes} bytes an entry; a page {page:N1} ms, of one service {ofOne:N1} ms, a search through everything {nothing:N0} ms");

        Assert.InRange(bytes, 50, 250);
        Assert.InRange(nothing, 0, 10_000);
    }

    private static EventEntry Entry(long id, ServiceId service) => new(
        id, Samples.Start.AddSeconds(id), EventKind.HealthStatusChanged, service, $"living room lamp {id % Services}", null, "unhealthy: connection refused");

    private static async Task<double> TimeAsync(SqliteDatabase database, EventQuery query, int expected)
    {
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(expected, (await database.Events.ReadAsync(query, Token)).Entries.Count);
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<long> BytesAsync(SqliteDatabase database) =>
        await database.ReadIntegerAsync("PRAGMA page_count") * await database.ReadIntegerAsync("PRAGMA page_size");

    private static void Tell(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
