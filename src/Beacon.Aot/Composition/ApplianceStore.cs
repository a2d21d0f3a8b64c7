using System.Text;
using Beacon.Aot.Configuration;
using Beacon.Registry.Services;
using Beacon.Storage;
using Beacon.Storage.Events;
using Beacon.Storage.Health;
using Beacon.Storage.Mongo;
using Beacon.Storage.Mongo.Events;
using Beacon.Storage.Mongo.Health;
using Beacon.Storage.Replication;
using Beacon.Storage.Sqlite;

namespace Beacon.Aot.Composition;

/// <summary>The store in use, opened.</summary>
/// <param name="Kind">As <c>/health</c> names it.</param>
internal sealed record ApplianceStore(
    string Kind, IServiceStore Services, IRecordStore Records, IHealthHistoryStore Health, IEventStore Events, params IReadOnlyList<IDisposable> Owned)
    : IDisposable
{
    public const string FileName = "beacon.db";
    private const string IdentityCollection = "beacon";
    private const string IdentityKey = "identity";

    /// <summary>A start does not wait longer for a database; what it knows comes when it is there.</summary>
    private static readonly TimeSpan ContactLimit = TimeSpan.FromSeconds(5);

    /// <summary>Null without a shared database.</summary>
    public IHealthArchive? Archive { get; private init; }

    /// <inheritdoc cref="Archive"/>
    public IEventArchive? EventArchive { get; private init; }

    /// <inheritdoc cref="Archive"/>
    public ReplicatedStore? Replication => Services as ReplicatedStore;

    public static async Task<ApplianceStore> OpenAsync(BeaconOptions options, ILogger logger, TimeProvider time)
    {
        var database = SqliteDatabase.Open(Path.Combine(options.DataDirectory, FileName), logger, time);
        try
        {
            if (options.Mongo is not null)
            {
                return await OpenMongoAsync(options, database, logger, time);
            }

            await database.ForgetReplicationAsync();
            return new ApplianceStore("sqlite", database.Services, database.Records, database.Health, database.Events, database);
        }
        catch (Exception error)
        {
            database.Dispose();
            if (SqliteDatabase.Refusal(error) is { } refusal)
            {
                throw refusal;
            }

            throw;
        }
    }

    /// <summary>The database itself, for commands that only look at it.</summary>
    public static MongoSharedStore Connect(BeaconOptions options, string beaconId, ILogger logger, TimeProvider time) =>
        new(MongoOf(options, beaconId), time, logger);

    /// <summary>For tests that care for something else.</summary>
    public static ApplianceStore InMemory()
    {
        var store = new MemoryStore();
        return new ApplianceStore("memory", store, store, new MemoryHealthStore(), new MemoryEventStore());
    }

    public void Dispose()
    {
        foreach (var owned in Owned)
        {
            owned.Dispose();
        }
    }

    private static MongoOptions MongoOf(BeaconOptions options, string beaconId) => new()
    {
        Address = options.Mongo!,
        Database = options.MongoDatabase,
        Services = options.ServicesCollection,
        HealthChecks = options.HealthChecksCollection,
        AuthorityFile = options.MongoAuthorityFile,
        BeaconId = beaconId,
    };

    private static async Task<ApplianceStore> OpenMongoAsync(BeaconOptions options, SqliteDatabase database, ILogger logger, TimeProvider time)
    {
        var beaconId = await IdentityAsync(database.Records);
        var shared = Connect(options, beaconId, logger, time);
        var archive = new MongoHealthArchive(MongoOf(options, beaconId), logger);
        var events = new MongoEventArchive(MongoOf(options, beaconId), logger);
        var replicated = new ReplicatedStore(database.Spool, shared, time, logger);
        try
        {
            await replicated.OpenAsync(ContactLimit, CancellationToken.None);
            return new ApplianceStore(
                "mongodb", replicated, database.Records, database.Health, database.Events, replicated, events, archive, shared, database)
            {
                Archive = archive,
                EventArchive = events,
            };
        }
        catch
        {
            replicated.Dispose();
            events.Dispose();
            archive.Dispose();
            shared.Dispose();
            throw;
        }
    }

    /// <summary>Which Beacon this is among those that share a database: made once, and kept with the spool.</summary>
    private static async Task<string> IdentityAsync(IRecordStore records)
    {
        if (await records.ReadAsync(IdentityCollection, IdentityKey, CancellationToken.None) is { } json
            && ServiceId.TryParse(Encoding.UTF8.GetString(json.Span).Trim('"'), out var known))
        {
            return known.ToString();
        }

        var fresh = ServiceId.New().ToString();
        await records.WriteAsync(IdentityCollection, IdentityKey, Encoding.UTF8.GetBytes($"\"{fresh}\""), CancellationToken.None);
        return fresh;
    }
}
