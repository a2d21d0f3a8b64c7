using MongoDB.Bson;

namespace Beacon.Testing.Chaos;

/// <summary>
/// The published binary and its database for a while, with both disturbed as a seed says and clients asking all the time; then everything
/// is healed, and what all sides show goes to the checker with the history. Faults and requests come from the seed; which request meets
/// which fault is up to the machine.
/// </summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private const int PlantedTtl = 10;
    private const int PlantedPromise = 60;

    /// <summary>Back-off ends after 5 s, a hung exchange after 10 s, and a full comparison follows within a minute.</summary>
    private static readonly TimeSpan LevelLimit = TimeSpan.FromSeconds(90);

    /// <summary>Heartbeats reach the database a second later, and some leases have not told of their end yet.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly ChaosOptions _options;
    private readonly ChaosHistory _history = new();
    private readonly ChaosDatabase _database;
    private readonly ChaosBeacon _beacon;
    private readonly ChaosClient _client;
    private readonly ChaosDriver _driver;

    private ChaosRun(ChaosOptions options)
    {
        _options = options;
        Directory.CreateDirectory(options.Directory);
        _database = new ChaosDatabase(Path.Combine(options.Directory, "mongo.journal"), options.Seed);
        _beacon = new ChaosBeacon(options.Binary, Path.Combine(options.Directory, "data"), _database.Url, Path.Combine(options.Directory, "beacon.log"));
        _client = new ChaosClient(_beacon.Address);
        _driver = new ChaosDriver(_client, _history, options.Seed);
    }

    public static async Task<ChaosResult> RunAsync(ChaosOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var run = new ChaosRun(options);
        return await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _beacon.DisposeAsync();
        _client.Dispose();
        _database.Dispose();
    }

    private async Task<ChaosResult> RunAsync()
    {
        var plan = ChaosPlan.Draw(_options.Seed, _options.Length);
        await _beacon.StartAsync();
        using var watching = new CancellationTokenSource();
        var watch = new ChaosLeaseWatch(_beacon.Address, _history).RunAsync(watching.Token);
        await PlantEarlyEndAsync();
        var disturbing = DisturbAsync(plan);
        await _driver.RunAsync(_options.PerSecond, _options.Length, _options.Households);
        await disturbing;
        await PlantLossAsync();
        var healed = TimeProvider.System.GetTimestamp();
        await LevelAsync();
        var levelAfter = TimeProvider.System.GetElapsedTime(healed);
        await Task.Delay(Quiet);
        await PlantedEndAsync();
        PlantInDatabase();
        var (registry, database) = await ReadBothAsync();
        var at = DateTimeOffset.UtcNow;
        await watching.CancelAsync();
        await watch;
        var readBack = await ReadBackAsync(database);
        var verdict = ChaosChecker.Judge(_history, new ChaosObservation(at, _beacon.StartedAt, registry, database, readBack));
        return new ChaosResult(_options.Seed, plan, verdict, _history, _driver.Skipped, registry.Count, levelAfter);
    }

    private async Task DisturbAsync(IReadOnlyList<ChaosEvent> plan)
    {
        var started = TimeProvider.System.GetTimestamp();
        var kills = KillAsync([.. plan.Where(x => x.Fault == ChaosFault.KillBeacon)], started);
        foreach (var fault in plan.Where(x => x.Fault != ChaosFault.KillBeacon))
        {
            await UntilAsync(fault.At, started);
            _database.Begin(fault);
            await UntilAsync(fault.End, started);
            _database.End(fault);
        }

        await kills;
    }

    private async Task KillAsync(IReadOnlyList<ChaosEvent> kills, long started)
    {
        foreach (var kill in kills)
        {
            await UntilAsync(kill.At, started);
            await RestartAsync();
        }
    }

    private async Task RestartAsync()
    {
        var from = DateTimeOffset.UtcNow;
        await _beacon.KillAsync();
        _history.Add(new ChaosKill(from, DateTimeOffset.UtcNow));
        await _beacon.StartAsync();
    }

    private async Task LevelAsync()
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await _client.IsLevelAsync();)
        {
            if (TimeProvider.System.GetElapsedTime(started) > LevelLimit)
            {
                throw new TimeoutException($"seed {_options.Seed}: the database has not got everything {LevelLimit.TotalSeconds} s after the last fault");
            }

            await Task.Delay(PollEvery);
        }
    }

    /// <summary>A lease that ends between the two readings is no difference: it is read again.</summary>
    private async Task<(IReadOnlyList<ChaosService> Registry, IReadOnlyList<ChaosService> Database)> ReadBothAsync()
    {
        const int MostReadings = 20;
        for (var reading = 1; ; reading++)
        {
            var registry = await _client.ListAsync();
            var database = _database.Read();
            var isEqual = registry.Count == database.Count && registry.Zip(database).All(x => x.First.IsKeptAs(x.Second, _beacon.StartedAt));
            if (isEqual || reading == MostReadings || _options.Plants != ChaosPlants.None)
            {
                return (registry, database);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
    }

    /// <param name="before">What the database held; a lease may have ended since, and got its grace at the start, which is not what is compared.</param>
    private async Task<IReadOnlyList<ChaosService>> ReadBackAsync(IReadOnlyList<ChaosService> before)
    {
        await _beacon.KillAsync();
        var held = _database.Read().ToDictionary(x => x.Id);
        var compared = before.ToDictionary(x => x.Id);
        await using var other = new ChaosBeacon(_options.Binary, Path.Combine(_options.Directory, "empty"), _database.Url, Path.Combine(_options.Directory, "read-back.log"));
        await other.StartAsync();
        using var client = new ChaosClient(other.Address);
        return [.. (await client.ListAsync()).Select(x =>
            held.TryGetValue(x.Id, out var known) && x == known with { ExpiresAt = x.ExpiresAt } && x.ExpiresAt >= known.ExpiresAt
                ? compared.GetValueOrDefault(x.Id, x) : x)];
    }

    private async Task PlantEarlyEndAsync()
    {
        if (_options.Plants.HasFlag(ChaosPlants.EndedEarly))
        {
            var household = new ChaosHousehold(_options.Households, PlantedTtl, IsForgetful: true);
            _history.Add(await _client.RegisterAsync(household, household.Names[0], _driver.NextStamp()) with { Ttl = PlantedPromise });
        }
    }

    /// <summary>Every start gave the planted lease its chance anew: it ends one lease after the last of them.</summary>
    private Task PlantedEndAsync() =>
        _options.Plants.HasFlag(ChaosPlants.EndedEarly) ? Task.Delay(TimeSpan.FromSeconds(PlantedTtl) + Quiet) : Task.CompletedTask;

    private async Task PlantLossAsync()
    {
        if (_options.Plants.HasFlag(ChaosPlants.Lost))
        {
            var household = _driver.Households.First(x => x is { Ttl: > PlantedPromise, NameOf.Count: > 0 });
            await _client.DeleteAsync(household, household.NameOf.Keys.First());
        }
    }

    private void PlantInDatabase()
    {
        if (_options.Plants.HasFlag(ChaosPlants.Resurrected))
        {
            var removed = _history.Records.First(x => x is { Operation: ChaosOperation.Delete, Outcome: ChaosOutcome.Acknowledged });
            var ghost = (BsonDocument)_database.Server.Documents(ChaosDatabase.Services)[0].DeepClone();
            ghost["_id"] = ghost["service_id"] = removed.Id;
            ghost["name"] = "ghost";
            _database.Server.Insert(ChaosDatabase.Services, ghost);
        }

        if (_options.Plants.HasFlag(ChaosPlants.Unequal))
        {
            var documents = _database.Server.Documents(ChaosDatabase.Services);
            documents[^1]["metadata"] = new BsonDocument(ChaosClient.Stamp, "0");
            _database.Server.Replace(ChaosDatabase.Services, documents);
        }
    }

    private static async Task UntilAsync(TimeSpan at, long started)
    {
        var left = at - TimeProvider.System.GetElapsedTime(started);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left);
        }
    }
}
