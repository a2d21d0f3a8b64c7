using Beacon.Registry.Indexes;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Registry.Tests.Indexes;

/// <summary>
/// Random changes, one by one and many at once, beside a sorted set that does the same the plain way; and no snapshot ever changes once it is
/// taken.
/// </summary>
public sealed class EntryListModelTests
{
    private const int Steps = 4_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lists_hold_what_was_put_in_and_snapshots_stay_as_they_were()
    {
        var random = new Random(Seeds.Next(x => TestContext.Current.TestOutputHelper?.WriteLine(x)));
        var all = Enumerable.Range(0, 3_000).Select(number => Entry(number / 3)).Order(Comparer<ServiceEntry>.Create(EntryOrder.Compare)).ToArray();
        var list = new EntryList();
        var model = new SortedSet<ServiceEntry>(Comparer<ServiceEntry>.Create(EntryOrder.Compare));
        var kept = new Queue<(EntrySnapshot Snapshot, ServiceEntry[] Held)>();
        var appended = 0;
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(6))
            {
                case 0:
                    appended = Math.Min(all.Length - 1, appended + 1);
                    list.Add(all[appended]);
                    model.Add(all[appended]);
                    break;
                case 1:
                    var some = Some(random, all);
                    list.AddAll(some);
                    model.UnionWith(some);
                    break;
                case 2:
                    var gone = Some(random, all);
                    list.RemoveAll(gone);
                    model.ExceptWith(gone);
                    break;
                default:
                    var one = all[random.Next(all.Length)];
                    if (random.Next(2) == 0)
                    {
                        list.Add(one);
                        model.Add(one);
                    }
                    else
                    {
                        Assert.Equal(model.Remove(one), list.Remove(one));
                    }

                    break;
            }

            Assert.Equal(model.Count, list.Count);
            kept.Enqueue((list.Snapshot, step % 10 == 0 ? [.. model] : []));
            if (kept.Count > 40 && kept.Dequeue() is { Held.Length: > 0 } old)
            {
                Assert.Equal(old.Held, Walk(old.Snapshot));
            }
        }

        Assert.Equal(model, Walk(list.Snapshot));
    }

    [Fact]
    public void Room_is_taken_for_what_is_there()
    {
        var list = new EntryList();
        list.Add(Entry(1));
        Assert.Single(list.Snapshot.Chunks[0].Items);
        list.AddAll([Entry(2), Entry(3)]);
        Assert.Equal(3, list.Snapshot.Chunks[0].Items.Length);
    }

    /// <summary>Few, many, or a run, as they come with a mass of leases.</summary>
    private static ServiceEntry[] Some(Random random, ServiceEntry[] all)
    {
        var from = random.Next(all.Length);
        return random.Next(3) switch
        {
            0 => all[from..Math.Min(all.Length, from + random.Next(600))],
            1 => [.. all.Where(_ => random.Next(20) == 0)],
            _ => [.. all.Where(_ => random.Next(1000) == 0)],
        };
    }

    private static List<ServiceEntry> Walk(EntrySnapshot snapshot)
    {
        var found = new List<ServiceEntry>();
        var entries = new EntryEnumerator(snapshot);
        while (entries.MoveNext())
        {
            found.Add(entries.Current);
        }

        Assert.Equal(snapshot.Total, found.Count);
        return found;
    }

    private static ServiceEntry Entry(int second) => new(
        new ServiceInstance
        {
            Id = ServiceId.New(),
            Name = "n",
            Type = "t",
            Host = "h",
            Port = 1,
            Protocol = "http",
            Tags = [],
            Metadata = [],
            TtlSeconds = 60,
            HealthCheck = HealthCheckSettings.Default,
            MdnsServiceType = "_t._tcp",
            CreatedAt = Start.AddSeconds(second),
            ContentUpdatedAt = Start,
        },
        0,
        0,
        ServiceStatus.Active);
}
