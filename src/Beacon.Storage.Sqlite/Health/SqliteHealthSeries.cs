using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Storage.Sqlite.Interop;

namespace Beacon.Storage.Sqlite.Health;

/// <summary>Table <c>health_series</c>.</summary>
internal sealed class SqliteHealthSeries(SqliteConnection connection)
{
    private readonly SqliteStatement _all = connection.Prepare("SELECT series, service_id, name, first_at, gone_at FROM health_series ORDER BY series");

    private readonly SqliteStatement _put = connection.Prepare(
        "INSERT OR REPLACE INTO health_series (series, service_id, name, first_at, gone_at) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _remove = connection.Prepare("DELETE FROM health_series WHERE series = ?1");

    /// <param name="skipped">Rows somebody has written who is not us.</param>
    public IReadOnlyList<HealthSeries> ReadAll(out int skipped)
    {
        var rows = _all.ReadAll(Read);
        var good = rows.OfType<HealthSeries>().ToList();
        skipped = rows.Count - good.Count;
        return good;
    }

    public void Put(HealthSeries series)
    {
        _put.Bind(1, series.Series).Bind(2, series.Id.ToString()).Bind(3, series.Name).Bind(4, Microseconds.From(series.FirstAt));
        if (series.GoneAt is { } gone)
        {
            _put.Bind(5, Microseconds.From(gone));
        }

        _put.Run();
    }

    public void Remove(int series) => _remove.Bind(1, series).Run();

    private static HealthSeries? Read(SqliteStatement row)
    {
        DateTimeOffset gone = default;
        return row.Integer(0) is > 0 and <= int.MaxValue
            && ServiceId.TryParse(row.Text(1), out var id)
            && Microseconds.TryRead(row.Integer(3), out var first)
            && (row.IsNull(4) || Microseconds.TryRead(row.Integer(4), out gone))
                ? new HealthSeries((int)row.Integer(0), id, row.Text(2) ?? "", first, row.IsNull(4) ? null : gone)
                : null;
    }
}
