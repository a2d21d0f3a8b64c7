using Beacon.Registry.Services;
using Beacon.Storage.Events;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite.Events;

/// <summary>Table <c>events</c>.</summary>
internal sealed class SqliteEventStore(SqliteConnection connection, SqliteTransactions transactions, SqliteWorker worker) : IEventStore
{
    /// <summary>Ids looked through in one call: the thread of the store is needed by registrations too.</summary>
    private const int Slice = 4_096;

    private const string Columns = "event, at, kind, service_id, name, source, detail";

    /// <summary>Parameters: 1 first id, 2 the id before which to stop, 3 kinds as bits, 4 since, 5 until.</summary>
    private const string Condition =
        "event >= ?1 AND event < ?2 AND (?3 IS NULL OR ((1 << kind) & ?3) != 0) AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)";

    // The largest id ever given out stays there when its entry goes (sqlite.org/autoinc.html).
    private readonly SqliteStatement _last = connection.Prepare("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'");
    private readonly SqliteStatement _first = connection.Prepare("SELECT min(event) FROM events");
    private readonly SqliteStatement _insert = connection.Prepare($"INSERT INTO events ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private readonly SqliteStatement _trim = connection.Prepare(
        "DELETE FROM events WHERE event IN (SELECT event FROM events ORDER BY event LIMIT ?3) AND (at < ?1 OR event <= ?2)");

    private readonly SqliteStatement _slice = connection.Prepare($"SELECT {Columns} FROM events WHERE {Condition} ORDER BY event DESC");

    // A statement of its own for one service: with "?6 IS NULL OR" no index would be used.
    private readonly SqliteStatement _sliceOfOne = connection.Prepare(
        $"SELECT {Columns} FROM events WHERE service_id = ?6 AND {Condition} ORDER BY event DESC");

    private readonly SqliteStatement _after = connection.Prepare($"SELECT {Columns} FROM events WHERE event > ?1 ORDER BY event LIMIT ?2");

    public Task<long> LastIdAsync(CancellationToken cancellationToken) => worker.RunAsync(LastId, cancellationToken);

    public Task WriteAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return worker.RunAsync(() => transactions.Run(durable: false, () => Insert(entries)), cancellationToken);
    }

    public Task<int> TrimAsync(DateTimeOffset? before, long through, int most, CancellationToken cancellationToken) => worker.RunAsync(
        () =>
        {
            var gone = 0;
            transactions.Run(durable: false, () =>
            {
                _trim.Bind(1, before is { } end ? Microseconds.From(end) : long.MinValue).Bind(2, through).Bind(3, most).Run();
                gone = connection.Changes;
            });
            return gone;
        },
        cancellationToken);

    /// <summary>In slices, so that a search through the whole log lets a registration pass between two of them.</summary>
    public async Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<EventEntry>();
        var wanted = query.Limit == int.MaxValue ? query.Limit : query.Limit + 1;
        var (first, end) = await worker.RunAsync(() => (First(), LastId() + 1), cancellationToken);
        end = Math.Min(end, query.Before ?? end);
        while (found.Count < wanted && end > first)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = Math.Max(first, end - Slice);
            var before = end;
            await worker.RunAsync(() => ReadSlice(query, start, before, wanted, found), cancellationToken);
            end = start;
        }

        return EventPage.Of(found, query.Limit);
    }

    public Task<IReadOnlyList<EventEntry>> ReadAfterAsync(long id, int limit, CancellationToken cancellationToken) =>
        worker.RunAsync<IReadOnlyList<EventEntry>>(
            () => [.. _after.Bind(1, id).Bind(2, limit).ReadAll(Row).OfType<EventEntry>()], cancellationToken);

    private long LastId() => _last.ReadAll(static row => row.Integer(0))[0];

    /// <summary>Beyond every id when there is none.</summary>
    private long First() => _first.ReadAll(static row => row.IsNull(0) ? long.MaxValue : row.Integer(0))[0];

    private void Insert(IReadOnlyList<EventEntry> entries)
    {
        foreach (var entry in entries)
        {
            _insert.Bind(1, entry.Id).Bind(2, Microseconds.From(entry.At)).Bind(3, (long)entry.Kind)
                .Bind(4, entry.Service?.ToString()).Bind(5, entry.Name).Bind(6, entry.Source).Bind(7, entry.Detail).Run();
        }
    }

    private void ReadSlice(EventQuery query, long start, long end, int wanted, List<EventEntry> found)
    {
        var statement = query.Service is null ? _slice : _sliceOfOne;
        try
        {
            Bind(statement.Bind(1, start).Bind(2, end), query);
            while (found.Count < wanted && statement.Step())
            {
                if (Row(statement) is { } entry && query.MatchesText(entry))
                {
                    found.Add(entry);
                }
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private static void Bind(SqliteStatement statement, EventQuery query)
    {
        if (query.Kinds.Count > 0)
        {
            statement.Bind(3, query.Kinds.Aggregate(0L, static (bits, kind) => bits | (1L << (int)kind)));
        }

        if (query.Since is { } since)
        {
            statement.Bind(4, Microseconds.From(since));
        }

        if (query.Until is { } until)
        {
            statement.Bind(5, Microseconds.From(until));
        }

        if (query.Service is { } service)
        {
            statement.Bind(6, service.ToString());
        }
    }

    /// <summary>Null for a row somebody has written who is not this version.</summary>
    private static EventEntry? Row(SqliteStatement row)
    {
        ServiceId service = default;
        return Microseconds.TryRead(row.Integer(1), out var at)
            && EventKindText.TryRead(row.Integer(2), out var kind)
            && (row.IsNull(3) || ServiceId.TryParse(row.Text(3), out service))
                ? new EventEntry(row.Integer(0), at, kind, row.IsNull(3) ? null : service, row.Text(4), row.Text(5), row.Text(6))
                : null;
    }
}
