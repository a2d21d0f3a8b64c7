using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite.Health;

/// <summary>Table <c>health_incidents</c>.</summary>
internal sealed class SqliteIncidents(SqliteConnection connection)
{
    private const string Columns = "incident, service_id, name, started_at, ended_at, cause, planned, change";

    /// <summary>Parameters: 1 open (0, 1 or NULL), 2 service, 3 since.</summary>
    private const string Condition =
        "(?1 IS NULL OR (ended_at IS NULL) = ?1) AND (?2 IS NULL OR service_id = ?2) AND (?3 IS NULL OR ended_at IS NULL OR ended_at >= ?3)";

    private readonly SqliteStatement _page = connection.Prepare(
        $"SELECT {Columns} FROM health_incidents WHERE {Condition} ORDER BY started_at DESC, incident DESC LIMIT ?4 OFFSET ?5");

    private readonly SqliteStatement _pageOfOne = connection.Prepare(
        $"SELECT {Columns} FROM health_incidents WHERE service_id = ?2 AND {Condition} ORDER BY started_at DESC, incident DESC LIMIT ?4 OFFSET ?5");

    private readonly SqliteStatement _count = connection.Prepare($"SELECT count(*) FROM health_incidents WHERE {Condition}");
    private readonly SqliteStatement _countOfOne = connection.Prepare($"SELECT count(*) FROM health_incidents WHERE service_id = ?2 AND {Condition}");

    private readonly SqliteStatement _changes = connection.Prepare(
        $"SELECT {Columns} FROM health_incidents WHERE change > ?1 ORDER BY change LIMIT ?2");

    private readonly SqliteStatement _put = connection.Prepare(
        $"INSERT OR REPLACE INTO health_incidents ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");

    private readonly SqliteStatement _trim = connection.Prepare("DELETE FROM health_incidents WHERE ended_at < ?1");

    private readonly SqliteStatement _trimGone = connection.Prepare(
        "DELETE FROM health_incidents WHERE ended_at < ?1 AND service_id NOT IN (SELECT service_id FROM health_series)");

    public IncidentPage Read(IncidentQuery query)
    {
        // A statement of its own for one service: with "?2 IS NULL OR" no index would be used.
        var isOne = query.Service is not null;
        var total = Bind(isOne ? _countOfOne : _count, query).ReadAll(static row => (int)row.Integer(0))[0];
        var rows = Bind(isOne ? _pageOfOne : _page, query).Bind(4, query.Limit).Bind(5, query.Skip).ReadAll(Row);
        return new IncidentPage([.. rows.OfType<Incident>()], total);
    }

    public IReadOnlyList<Incident> ReadChanges(long after, int limit) =>
        [.. _changes.Bind(1, after).Bind(2, limit).ReadAll(Row).OfType<Incident>()];

    public long LastNumber() => connection.ReadInteger("SELECT coalesce(max(incident), 0) FROM health_incidents");

    public long LastChange() => connection.ReadInteger("SELECT coalesce(max(change), 0) FROM health_incidents");

    public void Write(HealthWrite write)
    {
        foreach (var incident in write.Incidents)
        {
            Put(incident);
        }

        if (write.IncidentsBefore is { } before)
        {
            _trim.Bind(1, Microseconds.From(before)).Run();
        }

        if (write.GoneIncidentsBefore is { } goneBefore)
        {
            _trimGone.Bind(1, Microseconds.From(goneBefore)).Run();
        }
    }

    private void Put(Incident incident)
    {
        _put.Bind(1, incident.Number).Bind(2, incident.Service.ToString()).Bind(3, incident.Name).Bind(4, Microseconds.From(incident.StartedAt));
        if (incident.EndedAt is { } end)
        {
            _put.Bind(5, Microseconds.From(end));
        }

        _put.Bind(6, incident.Cause).Bind(7, incident.IsPlanned).Bind(8, incident.Change).Run();
    }

    private static SqliteStatement Bind(SqliteStatement statement, IncidentQuery query)
    {
        if (query.IsOpen is { } open)
        {
            statement.Bind(1, open);
        }

        if (query.Since is { } since)
        {
            statement.Bind(3, Microseconds.From(since));
        }

        return query.Service is { } service ? statement.Bind(2, service.ToString()) : statement;
    }

    /// <summary>Null for a row somebody has written who is not us.</summary>
    private static Incident? Row(SqliteStatement row)
    {
        DateTimeOffset end = default;
        return ServiceId.TryParse(row.Text(1), out var id)
            && Microseconds.TryRead(row.Integer(3), out var start)
            && (row.IsNull(4) || Microseconds.TryRead(row.Integer(4), out end))
                ? new Incident(
                    row.Integer(0), id, row.Text(2) ?? "", start, row.IsNull(4) ? null : end, row.Text(5) ?? "", row.Integer(6) != 0, row.Integer(7))
                : null;
    }
}
