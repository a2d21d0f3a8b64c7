using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Storage.Tests.Contract;

/// <summary>What every store of history must do.</summary>
public abstract class HealthHistoryStoreContract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly ServiceId Nas = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ServiceId Lamp = new(new Guid(2, 0, 0, new byte[8]));

    protected abstract IHealthHistoryStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_store_is_empty()
    {
        var contents = await Store.LoadAsync(Token);

        Assert.Empty(contents.Series);
        Assert.Empty(contents.Journal);
        Assert.Empty(contents.OpenIncidents);
        Assert.Empty(contents.Marks);
        Assert.Equal((0, 0), (contents.LastIncident, contents.LastChange));
        Assert.Empty(await Store.ReadAsync([ChunkKey.Of(SeriesKind.Hours, 1, 1)], Token));
        Assert.Equal(0, (await Store.ReadIncidentsAsync(new IncidentQuery(), Token)).Total);
    }

    [Fact]
    public async Task Series_come_back_as_they_were_written_last()
    {
        var nas = new HealthSeries(1, Nas, "nas 🍳", Start, null);
        await Store.WriteAsync(new HealthWrite { Series = [nas, new HealthSeries(2, Lamp, "lamp", Start, null)] }, Token);
        await Store.WriteAsync(new HealthWrite { Series = [nas with { Name = "", GoneAt = Start.AddMicroseconds(7) }], Forgotten = [2] }, Token);

        Assert.Equal(nas with { Name = "", GoneAt = Start.AddMicroseconds(7) }, Assert.Single((await Store.LoadAsync(Token)).Series));
    }

    [Fact]
    public async Task Of_the_journal_what_is_in_chunks_goes_and_what_comes_stays()
    {
        await Store.WriteAsync(new HealthWrite { Journal = new JournalEntry(1, new byte[] { 1, 0, 255 }) }, Token);
        await Store.WriteAsync(new HealthWrite { Journal = new JournalEntry(2, new byte[] { 2 }) }, Token);
        await Store.WriteAsync(new HealthWrite { JournalThrough = 1, Journal = new JournalEntry(3, Array.Empty<byte>()) }, Token);

        var journal = (await Store.LoadAsync(Token)).Journal;
        Assert.Equal([2, 3], journal.Select(x => x.Sequence));
        Assert.Equal([[2], []], journal.Select(x => x.Data.ToArray()));
    }

    [Fact]
    public async Task A_chunk_is_replaced_by_the_next_under_its_key_and_read_in_the_order_asked_for()
    {
        var (one, two) = (ChunkKey.Of(SeriesKind.Minutes, 9, 4), ChunkKey.Of(SeriesKind.Minutes, 8, 5));
        await Store.WriteAsync(new HealthWrite { Chunks = [new Chunk(one, new byte[] { 1 }), new Chunk(two, new byte[] { 2 })] }, Token);
        await Store.WriteAsync(new HealthWrite { Chunks = [new Chunk(one, new byte[] { 0, 3 })] }, Token);

        var read = await Store.ReadAsync([one, ChunkKey.Of(SeriesKind.Minutes, 9, 5), two], Token);
        Assert.Equal([one, two], read.Select(x => x.Key));
        Assert.Equal([[0, 3], [2]], read.Select(x => x.Data.ToArray()));
    }

    [Fact]
    public async Task Chunks_are_listed_by_hour_and_series_and_read_on_after_a_key()
    {
        var keys = (ChunkKey[])[.. from hour in (int[])[5, 6, 7] from series in (int[])[1, 2, int.MaxValue] select ChunkKey.Of(SeriesKind.Hours, hour, series)];
        await Store.WriteAsync(new HealthWrite { Chunks = [.. keys.Reverse().Select(x => new Chunk(x, new byte[1])), new Chunk(ChunkKey.Of(SeriesKind.Days, 5, 1), new byte[1])] }, Token);

        Assert.Equal(keys[3..], await Store.ListAsync(SeriesKind.Hours, 6, 8, default, 100, Token));
        Assert.Equal(keys[4..6], await Store.ListAsync(SeriesKind.Hours, 5, 7, keys[3], 100, Token));
        Assert.Equal(keys[..2], await Store.ListAsync(SeriesKind.Hours, 0, 100, default, 2, Token));
        Assert.Equal((SeriesKind.Hours, 7L, int.MaxValue), (keys[^1].Kind, keys[^1].Hour, keys[^1].Series));
    }

    [Fact]
    public async Task What_is_trimmed_or_removed_is_gone_and_nothing_else()
    {
        var keys = (ChunkKey[])[.. from kind in (SeriesKind[])[SeriesKind.Results, SeriesKind.Minutes] from hour in (int[])[1, 2, 3] select ChunkKey.Of(kind, hour, 1)];
        await Store.WriteAsync(new HealthWrite { Chunks = [.. keys.Select(x => new Chunk(x, new byte[1]))] }, Token);
        await Store.WriteAsync(new HealthWrite { Trims = [(SeriesKind.Results, 3)], Removed = [keys[4]] }, Token);

        Assert.Equal([keys[2], keys[3], keys[5]], (await Store.ReadAsync(keys, Token)).Select(x => x.Key));
    }

    [Fact]
    public async Task Incidents_are_found_by_every_condition_newest_first()
    {
        var old = new Incident(1, Nas, "nas", Start, Start.AddHours(1), "timeout", false, 1);
        var planned = new Incident(2, Lamp, "lamp", Start.AddHours(2), Start.AddHours(3), "é", true, 2);
        var open = new Incident(3, Nas, "nas", Start.AddHours(4), null, "status 500", false, 3);
        await Store.WriteAsync(new HealthWrite { Incidents = [old, open with { Cause = "x" }, planned] }, Token);
        await Store.WriteAsync(new HealthWrite { Incidents = [open] }, Token);

        await FindsAsync(new IncidentQuery(), open, planned, old);
        await FindsAsync(new IncidentQuery(IsOpen: true), open);
        await FindsAsync(new IncidentQuery(IsOpen: false), planned, old);
        await FindsAsync(new IncidentQuery(Service: Nas), open, old);
        await FindsAsync(new IncidentQuery(IsOpen: false, Service: Nas), old);
        await FindsAsync(new IncidentQuery(Since: Start.AddHours(1.5)), open, planned);
        await FindsAsync(new IncidentQuery(Service: Nas, Since: Start.AddHours(9)), open);
        var page = await Store.ReadIncidentsAsync(new IncidentQuery(Skip: 1, Limit: 1), Token);
        Assert.Equal((planned, 3), (Assert.Single(page.Incidents), page.Total));
        Assert.Equal([planned, open], await Store.ReadIncidentChangesAsync(1, 10, Token));
        var contents = await Store.LoadAsync(Token);
        Assert.Equal((open, 3, 3), (Assert.Single(contents.OpenIncidents), contents.LastIncident, contents.LastChange));
    }

    [Fact]
    public async Task Incidents_go_by_age_those_of_services_without_a_series_earlier()
    {
        var ended = Start.AddHours(1);
        await Store.WriteAsync(
            new HealthWrite
            {
                Series = [new HealthSeries(1, Nas, "nas", Start, null)],
                Incidents =
                [
                    new Incident(1, Nas, "nas", Start, ended, "x", false, 1),
                    new Incident(2, Lamp, "lamp", Start, ended, "x", false, 2),
                    new Incident(3, Lamp, "lamp", Start, null, "x", false, 3),
                ],
            },
            Token);
        await Store.WriteAsync(new HealthWrite { GoneIncidentsBefore = ended.AddHours(1), IncidentsBefore = ended }, Token);
        Assert.Equal([3, 1], (await Store.ReadIncidentsAsync(new IncidentQuery(), Token)).Incidents.Select(x => x.Number));
        await Store.WriteAsync(new HealthWrite { IncidentsBefore = ended.AddHours(1) }, Token);
        Assert.Equal([3], (await Store.ReadIncidentsAsync(new IncidentQuery(), Token)).Incidents.Select(x => x.Number));
    }

    [Fact]
    public async Task Marks_are_remembered()
    {
        await Store.WriteAsync(new HealthWrite { Marks = [new("a", 1), new("b", -5)] }, Token);
        await Store.WriteAsync(new HealthWrite { Marks = [new("a", long.MaxValue)] }, Token);

        var marks = (await Store.LoadAsync(Token)).Marks;
        Assert.Equal((2, long.MaxValue, -5), (marks.Count, marks["a"], marks["b"]));
    }

    private async Task FindsAsync(IncidentQuery query, params Incident[] expected)
    {
        var page = await Store.ReadIncidentsAsync(query, Token);
        Assert.Equal(expected, page.Incidents);
        Assert.Equal(expected.Length, page.Total);
    }
}
