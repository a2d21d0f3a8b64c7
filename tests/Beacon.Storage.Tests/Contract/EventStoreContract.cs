using Beacon.Registry.Services;
using Beacon.Storage.Events;

namespace Beacon.Storage.Tests.Contract;

/// <summary>What every store of the event log must do.</summary>
public abstract class EventStoreContract
{
    protected static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly ServiceId Nas = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly ServiceId Lamp = new(new Guid(2, 0, 0, new byte[8]));

    protected abstract IEventStore Store { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_empty_store_is_empty()
    {
        var page = await Store.ReadAsync(new EventQuery { Limit = 10 }, Token);

        Assert.Empty(page.Entries);
        Assert.Null(page.Next);
        Assert.Equal(0, await Store.LastIdAsync(Token));
        Assert.Empty(await Store.ReadAfterAsync(0, 10, Token));
        Assert.Equal(0, await Store.TrimAsync(Start, 100, 10, Token));
    }

    [Fact]
    public async Task Entries_come_back_as_they_were_written_the_newest_first()
    {
        EventEntry[] entries =
        [
            new(1, Start, EventKind.BeaconStarted, Detail: "1.0"),
            new(2, Start.AddMilliseconds(1), EventKind.ServiceRegistered, Nas, "Küche 🍳\0\"", "fe80::1%3", ""),
            new(3, Start, EventKind.MdnsRenamed),
        ];
        await Store.WriteAsync(entries[..1], Token);
        await Store.WriteAsync(entries[1..], Token);
        await Store.WriteAsync([], Token);

        Assert.Equal(entries.Reverse(), (await Store.ReadAsync(new EventQuery(), Token)).Entries);
        Assert.Equal(entries[1..], await Store.ReadAfterAsync(1, 10, Token));
        Assert.Equal(entries[..1], await Store.ReadAfterAsync(0, 1, Token));
        Assert.Equal(3, await Store.LastIdAsync(Token));
    }

    [Fact]
    public async Task Pages_join_without_gap_or_repeat_also_while_new_entries_come()
    {
        await WriteAsync(1, 10_000, x => new(x, Start, EventKind.ServiceExpired, x % 2 == 0 ? Nas : Lamp));

        var (seen, before) = (new List<long>(), default(long?));
        do
        {
            var page = await Store.ReadAsync(new EventQuery { Limit = 700, Before = before, Service = Nas }, Token);
            seen.AddRange(page.Entries.Select(x => x.Id));
            before = page.Next;
            await WriteAsync(10_001 + (seen.Count * 2), 2, x => new(x, Start, EventKind.ServiceExpired, Nas));
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 5_000).Select(x => x * 2L).Reverse(), seen);
    }

    [Fact]
    public async Task A_page_that_is_full_to_the_last_entry_is_the_last()
    {
        await WriteAsync(1, 3, x => new(x, Start, EventKind.ServiceExpired));

        Assert.Null((await Store.ReadAsync(new EventQuery { Limit = 3 }, Token)).Next);
        Assert.Equal(2, (await Store.ReadAsync(new EventQuery { Limit = 2 }, Token)).Next);
    }

    [Fact]
    public async Task Conditions_hold_together_and_text_knows_no_case()
    {
        await Store.WriteAsync(
            [
                new(1, Start, EventKind.ServiceRegistered, Nas, "Küche"),
                new(2, Start.AddHours(1), EventKind.ServiceUpdated, Nas, "nas", Detail: "host, TAGS"),
                new(3, Start.AddHours(2), EventKind.ServiceExpired, Lamp, "KÜCHENLAMPE"),
                new(4, Start.AddHours(3), EventKind.MdnsRenamed, Detail: "50 % of_all"),
            ],
            Token);

        Assert.Equal([3, 1], await FindAsync(new EventQuery { Text = "küche" }));
        Assert.Equal([2], await FindAsync(new EventQuery { Text = "tags" }));
        Assert.Equal([4], await FindAsync(new EventQuery { Text = "% of_" }));
        Assert.Empty(await FindAsync(new EventQuery { Text = "o%t" }));
        Assert.Equal([4, 2], await FindAsync(new EventQuery { Kinds = [EventKind.MdnsRenamed, EventKind.ServiceUpdated] }));
        Assert.Equal([2, 1], await FindAsync(new EventQuery { Service = Nas }));
        Assert.Equal([3, 2], await FindAsync(new EventQuery { Since = Start.AddHours(1), Until = Start.AddHours(3) }));
        Assert.Equal([1], await FindAsync(new EventQuery { Service = Nas, Text = "KÜCHE", Before = 3 }));
        Assert.Empty(await FindAsync(new EventQuery { Service = Lamp, Kinds = [EventKind.ServiceUpdated] }));
    }

    [Fact]
    public async Task The_oldest_go_in_portions_and_their_ids_do_not_come_back()
    {
        await WriteAsync(1, 10, x => new(x, Start.AddDays(x), EventKind.ServiceExpired));

        Assert.Equal(2, await Store.TrimAsync(Start.AddDays(5), 0, 2, Token));
        Assert.Equal(2, await Store.TrimAsync(Start.AddDays(5), 0, 100, Token));
        Assert.Equal(0, await Store.TrimAsync(Start.AddDays(5), 0, 100, Token));
        Assert.Equal([10, 9, 8, 7, 6, 5], await FindAsync(new EventQuery()));
        Assert.Equal(4, await Store.TrimAsync(null, 8, 100, Token));
        Assert.Equal(2, await Store.TrimAsync(DateTimeOffset.MaxValue, 0, 100, Token));
        Assert.Equal(10, await Store.LastIdAsync(Token));
    }

    private async Task<IEnumerable<long>> FindAsync(EventQuery query) => (await Store.ReadAsync(query, Token)).Entries.Select(x => x.Id);

    private Task WriteAsync(long first, int count, Func<long, EventEntry> make) =>
        Store.WriteAsync([.. Enumerable.Range(0, count).Select(x => make(first + x))], Token);
}
