using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;
using Beacon.Testing;

namespace Beacon.Storage.Tests;

/// <summary>
/// Random lives of a small network through registry, queue and SQLite, with failures, overflows and crashes by chance: what a client was
/// told is stored survives each crash, and in the end the file holds exactly what the registry holds.
/// </summary>
public sealed class WriteThroughPropertyTests : IDisposable
{
    private const int Steps = 3_000;
    private const int Names = 12;

    /// <summary>Small, so that it overflows now and then.</summary>
    private const int Capacity = 8;

    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly LogLines _log = new();
    private readonly List<ServiceId> _ids = [];

    public static TheoryData<int> Runs => [1, 2, 3, Seeds.Next(static _ => { })];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task What_is_promised_survives_and_in_the_end_file_and_registry_are_equal(int seed)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{Seeds.Variable}={seed}");
        var random = new Random(seed);
        var registry = new ServiceRegistry(_clock, new RegistryLimits(), new EventHub());
        var history = new History(registry.Events.Listen(StorageLimits.ListenerCapacity));
        using (var database = Open(_folder.Database))
        {
            var store = new FlakyStore(database.Services, random);
            using var queue = new WriteThrough(registry, store, _clock, _log, Capacity);
            for (var step = 0; step < Steps; step++)
            {
                store.FailureShare = step / 200 % 3 == 0 ? 0.3 : 0;
                Act(registry, queue, random);
                history.TakeIn();
                if (random.Next(100) == 0)
                {
                    history.AssertHolds(await CrashAsync(), queue.StoredSequence, $"seed {seed}, step {step}");
                }
            }

            store.FailureShare = 0;
            registry.Advance();
            Pass(registry, queue, StorageLimits.RenewalInterval + TimeSpan.FromSeconds(3));

            // A lease may have ended in the very last tick: its write is under way. No time passes from here on.
            for (var steps = 0; steps < 5; steps++)
            {
                queue.Step();
            }

            Assert.Equal(new StoreStatus(StoreState.Healthy, queue.Status.Since, null, 0, TimeSpan.Zero), queue.Status);
        }

        using var reopened = Open(_folder.Database);
        Assert.Equal(Samples.Texts(registry.Snapshot()).Order(), Samples.Texts(await reopened.Services.LoadAsync()).Order());
        Assert.True(_log.Count(3006) > 0, "no overflow happened: the test lost its point");
        Assert.True(_log.Count(3003) > 0, "no failure happened: the test lost its point");
    }

    private void Act(ServiceRegistry registry, WriteThrough queue, Random random)
    {
        switch (random.Next(20))
        {
            case < 6:
                var change = registry.Register(new Registration
                {
                    Name = Name(random),
                    Host = "h",
                    Port = 1,
                    TtlSeconds = random.Next(10, 60),
                    Tags = [$"{random.Next(1000)}"],
                });
                _ids.Add(change.Service.Id);
                break;
            case < 8:
                registry.Update(Id(random), new ServicePatch { Name = Name(random) });
                break;
            case < 11:
                registry.Renew(Id(random), null, out _);
                break;
            case < 13:
                registry.Deregister(Id(random));
                break;
            case 13:
                registry.CleanUp(TimeSpan.FromSeconds(5), out _);
                break;
            case 14:
                Pass(registry, queue, TimeSpan.FromMilliseconds(random.Next(50, 3000)));
                break;
            case < 17:
                registry.Advance();
                break;
            default:
                queue.Step();
                break;
        }
    }

    private void Pass(ServiceRegistry registry, WriteThrough queue, TimeSpan span)
    {
        var tick = TimeSpan.FromMilliseconds(50);
        for (var passed = TimeSpan.Zero; passed < span; passed += tick)
        {
            _clock.Advance(tick);
            registry.Advance();
            queue.Step();
        }
    }

    /// <summary>Opens a copy of file and log as a kill -9 would have left them.</summary>
    private async Task<IReadOnlyList<ServiceView>> CrashAsync()
    {
        var copy = Directory.CreateDirectory(_folder.File("crash")).FullName;
        foreach (var suffix in new[] { "", "-wal" })
        {
            File.Copy(_folder.Database + suffix, Path.Combine(copy, "beacon.db") + suffix);
        }

        IReadOnlyList<ServiceView> found;
        using (var database = Open(Path.Combine(copy, "beacon.db")))
        {
            Assert.Null(database.SetAside);
            found = await database.Services.LoadAsync();
        }

        Directory.Delete(copy, recursive: true);
        return found;
    }

    private ServiceId Id(Random random) => _ids.Count == 0 ? ServiceId.New() : _ids[random.Next(Math.Max(0, _ids.Count - 20), _ids.Count)];

    private static string Name(Random random) => $"n{random.Next(Names)}";

    private SqliteDatabase Open(string path) => SqliteDatabase.Open(path, _log, _clock);
}
