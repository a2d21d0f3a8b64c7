using Beacon.Registry.Services;
using Beacon.Storage.Mongo.Documents;
using Beacon.Storage.Mongo.Takeover;
using Beacon.Storage.Replication;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo;

/// <summary>
/// Services in MongoDB, one document each; every write is conditional on the revision it saw, and acknowledged by the majority's journals.
/// </summary>
public sealed class MongoSharedStore : ISharedServiceStore, IDisposable
{
    /// <summary>Documents asked for by id at a time.</summary>
    private const int ReadSize = 1000;

    /// <summary>Clocks that differ by less are not worth a word.</summary>
    private static readonly TimeSpan TellDifference = TimeSpan.FromSeconds(5);

    /// <summary>Only what is compared.</summary>
    private static readonly BsonDocument RevisionOnly = new() { { Field.ServiceId, 1 }, { Field.Revision, 1 }, { Field.Run, 1 }, { Field.Id, 0 } };

    private readonly MongoOptions _options;
    private readonly MongoLink _link;
    private readonly MongoIndexes _indexes;
    private readonly MongoTakeover _takeover;
    private readonly MongoWriter _writer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HashSet<string> _skipped = [];
    private TimeSpan _clockDifference;
    private bool _clockTold;

    public MongoSharedStore(MongoOptions options, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time;
        _logger = logger;
        _writer = new MongoWriter(options.BeaconId, Guid.NewGuid().ToString("N"));
        _link = new MongoLink(options, logger);
        _indexes = new MongoIndexes(_link, options, logger);
        _takeover = new MongoTakeover(_link, options, _writer, time, logger);
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _link.ConnectAsync(cancellationToken);
        await ExplainedAsync(async () =>
        {
            _clockDifference = await _link.ClockDifferenceAsync(_time, cancellationToken);
            await _takeover.RunAsync(cancellationToken);
            await _indexes.EnsureAsync(cancellationToken);
        });
        if (_clockDifference.Duration() >= TellDifference && !_clockTold)
        {
            _clockTold = true;
            MongoLog.ClocksDiffer(_logger, _clockDifference);
        }
    }

    /// <summary>What <see cref="PrepareAsync"/> would change; changes nothing.</summary>
    /// <exception cref="MongoStoreException">The database cannot be reached.</exception>
    public async Task<TakeoverPlan> ExamineAsync(CancellationToken cancellationToken)
    {
        await _link.ConnectAsync(cancellationToken);
        TakeoverPlan plan = null!;
        await ExplainedAsync(async () =>
        {
            plan = await _takeover.PlanAsync(cancellationToken);
            plan = plan with { MissingIndexes = await _indexes.MissingAsync(cancellationToken) };
        });
        return plan;
    }

    public async Task<SharedListing> ListAsync(CancellationToken cancellationToken)
    {
        var services = new Dictionary<ServiceId, long>();
        var removed = new Dictionary<ServiceId, long>();
        await ExplainedAsync(async () =>
        {
            await foreach (var document in FindAsync(_link.Services, [], RevisionOnly, cancellationToken))
            {
                if (ServiceDocumentReader.Id(document) is { } id)
                {
                    services[id] = ServiceDocumentReader.Revision(document);
                }
            }

            await foreach (var document in FindAsync(_link.Removed, [], null, cancellationToken))
            {
                if (ServiceId.TryParse(document[Field.Id].AsString, out var id))
                {
                    removed[id] = ServiceDocumentReader.Revision(document);
                }
            }
        });
        return new SharedListing(services, removed);
    }

    public async Task<IReadOnlyList<SharedService>> ReadAsync(IReadOnlyCollection<ServiceId> ids, CancellationToken cancellationToken)
    {
        var services = new List<SharedService>(ids.Count);
        await ExplainedAsync(async () =>
        {
            foreach (var some in ids.Chunk(ReadSize))
            {
                await foreach (var document in FindAsync(_link.Services, In(some), null, cancellationToken))
                {
                    if (ServiceDocumentReader.TryRead(document, _clockDifference, out var service, out var problem))
                    {
                        services.Add(new SharedService(service, ServiceDocumentReader.Revision(document)));
                    }
                    else if (_skipped.Add(document[Field.Id].ToString()!))
                    {
                        MongoLog.DocumentSkipped(_logger, document.GetValue(Field.ServiceId, "").ToString()!, problem);
                    }
                }
            }
        });
        return services;
    }

    public async Task<IReadOnlyList<SharedResult>> ApplyAsync(IReadOnlyList<SharedWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        var results = new SharedResult[writes.Count];
        List<int> removals = [], puts = [];
        for (var at = 0; at < writes.Count; at++)
        {
            (writes[at].State is null ? removals : puts).Add(at);
        }

        await ExplainedAsync(async () =>
        {
            var session = await _link.SessionAsync(cancellationToken);

            // First: a service that came back under a new id takes its name, host and port from the one that left.
            if (removals.Count > 0)
            {
                await RemoveAsync(session, writes, removals, results, cancellationToken);
            }

            if (puts.Count > 0)
            {
                await PutAsync(session, writes, puts, results, cancellationToken);
            }
        });
        return results;
    }

    public Task ParkAsync(ServiceId id, CancellationToken cancellationToken) => ExplainedAsync(async () =>
        await _link.Services.UpdateOneAsync(
            await _link.SessionAsync(cancellationToken),
            Filter(new BsonDocument(Field.ServiceId, id.ToString())),
            Update(new BsonDocument("$set", new BsonDocument(Field.Name, $"(moving) {id}"))),
            cancellationToken: cancellationToken));

    public Task SetAsideAsync(ServiceId id, string reason, CancellationToken cancellationToken) => ExplainedAsync(async () =>
    {
        await foreach (var document in FindAsync(_link.Services, new BsonDocument(Field.ServiceId, id.ToString()), null, cancellationToken))
        {
            await _takeover.SetAsideAsync(document, reason, cancellationToken);
        }
    });

    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await _link.PingAsync(cancellationToken);
        return _time.GetElapsedTime(started);
    }

    public void Dispose() => _link.Dispose();

    private async Task RemoveAsync(
        IClientSessionHandle session, IReadOnlyList<SharedWrite> writes, List<int> removals, SharedResult[] results, CancellationToken cancellationToken)
    {
        // Remembered before it is done: between the two somebody may see a removal that is about to be, but never a service that was.
        await _link.Removed.BulkWriteAsync(session, removals.Select(at => Tombstone(writes[at])), new BulkWriteOptions { IsOrdered = false }, cancellationToken);
        var seen = removals.Where(at => writes[at].Seen > 0).ToList();
        var deleted = 0L;
        if (seen.Count > 0)
        {
            var deletes = seen.Select(at => new DeleteOneModel<BsonDocument>(Filter(At(writes[at]))));
            var outcome = await _link.Services.BulkWriteAsync(session, deletes, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
            deleted = outcome.DeletedCount;
        }

        var there = deleted == removals.Count ? [] : await RevisionsAsync(removals.Select(at => writes[at].Id), cancellationToken);
        foreach (var at in removals)
        {
            results[at] = there.TryGetValue(writes[at].Id, out var found) ? Conflict(found) : SharedResult.Stored;
        }
    }

    private async Task PutAsync(
        IClientSessionHandle session, IReadOnlyList<SharedWrite> writes, List<int> puts, SharedResult[] results, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var errors = new Dictionary<int, BulkWriteError>();
        long settled;
        try
        {
            var outcome = await _link.Services.BulkWriteAsync(
                session, puts.Select(at => Put(writes[at], now)), new BulkWriteOptions { IsOrdered = false }, cancellationToken);
            settled = outcome.MatchedCount + outcome.Upserts.Count;
        }
        catch (MongoBulkWriteException<BsonDocument> error) when (error.WriteConcernError is null)
        {
            settled = error.Result.MatchedCount + error.Result.Upserts.Count;
            foreach (var one in error.WriteErrors)
            {
                errors[puts[one.Index]] = one;
            }
        }

        if (settled == puts.Count)
        {
            puts.ForEach(at => results[at] = SharedResult.Stored);
            return;
        }

        // The answer counts what matched and does not say which: look.
        var there = await RevisionsAsync(puts.Select(at => writes[at].Id), cancellationToken);
        foreach (var at in puts)
        {
            results[at] = await JudgeAsync(writes[at], errors.GetValueOrDefault(at), there, cancellationToken);
        }
    }

    private async Task<SharedResult> JudgeAsync(
        SharedWrite write, BulkWriteError? error, Dictionary<ServiceId, Found> there, CancellationToken cancellationToken)
    {
        if (error is not null && error.Category != ServerErrorCategory.DuplicateKey)
        {
            return MongoErrors.IsOfDocument(error.Code)
                ? new SharedResult(SharedOutcome.Refused, Error: error.Message)
                : throw new MongoStoreException($"MongoDB at {_options.Address.Hosts}: {error.Message}");
        }

        if (there.TryGetValue(write.Id, out var found))
        {
            return found.Revision == write.Revision && found.IsOurs ? SharedResult.Stored
                : error is not null && write.Seen > 0 && found.Revision == write.Seen ? await HolderAsync(write, cancellationToken)
                : Conflict(found);
        }

        return error is null ? SharedResult.Missing : await HolderAsync(write, cancellationToken);
    }

    /// <summary>A key was there twice, and it was not the service's own: somebody else has its name, host and port.</summary>
    private async Task<SharedResult> HolderAsync(SharedWrite write, CancellationToken cancellationToken)
    {
        var service = write.State!.Value.Instance;
        var identity = new BsonDocument { { Field.Name, BsonText.From(service.Name) }, { Field.Host, BsonText.From(service.Host) }, { Field.Port, service.Port } };
        await foreach (var document in FindAsync(_link.Services, identity, null, cancellationToken))
        {
            if (ServiceDocumentReader.Id(document) is { } holder && holder != write.Id)
            {
                return new SharedResult(SharedOutcome.IdentityHeld, Holder: holder);
            }

            if (ServiceDocumentReader.Id(document) is null)
            {
                await _takeover.SetAsideAsync(document, "it has the name, host and port of a service and is none", cancellationToken);
            }
        }

        // Gone again, or out of the way now: the next attempt will see.
        return SharedResult.Missing;
    }

    private async Task<Dictionary<ServiceId, Found>> RevisionsAsync(IEnumerable<ServiceId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ServiceId, Found>();
        foreach (var some in ids.Chunk(ReadSize))
        {
            await foreach (var document in FindAsync(_link.Services, In(some), RevisionOnly, cancellationToken))
            {
                var isOurs = document.GetValue(Field.Run, "") == _writer.Run;
                found[ServiceDocumentReader.Id(document)!.Value] = new Found(ServiceDocumentReader.Revision(document), isOurs);
            }
        }

        return found;
    }

    private UpdateOneModel<BsonDocument> Put(in SharedWrite write, DateTimeOffset now)
    {
        var state = write.State!.Value;
        if (write.LeaseOnly)
        {
            return new UpdateOneModel<BsonDocument>(Filter(At(write)), Update(ServiceDocument.Lease(state, write.Revision, _writer, now)));
        }

        var update = ServiceDocument.Whole(state, write.Revision, _writer, now);
        if (write.Seen == 0)
        {
            // A service that is there has a revision above 0, so this inserts or meets the unique index.
            update.Add("$setOnInsert", new BsonDocument(Field.Id, write.Id.ToString()));
        }

        return new UpdateOneModel<BsonDocument>(Filter(At(write)), Update(update)) { IsUpsert = write.Seen == 0 };
    }

    private UpdateOneModel<BsonDocument> Tombstone(in SharedWrite write) => new(
        Filter(new BsonDocument(Field.Id, write.Id.ToString())),
        Update(new BsonDocument
        {
            { "$set", new BsonDocument { { Field.Revision, write.Revision }, { Field.Writer, _writer.BeaconId } } },
            { "$currentDate", new BsonDocument(Field.RemovedAt, true) },
        }))
    {
        IsUpsert = true,
    };

    private async Task ExplainedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error) when (error is MongoException or TimeoutException)
        {
            throw _link.Explain(error);
        }
    }

    private static SharedResult Conflict(in Found found) => new(SharedOutcome.Conflict, found.Revision, IsForeign: !found.IsOurs);

    private static BsonDocument At(in SharedWrite write) => new() { { Field.ServiceId, write.Id.ToString() }, { Field.Revision, write.Seen } };

    private static BsonDocument In(IEnumerable<ServiceId> ids) =>
        new(Field.ServiceId, new BsonDocument("$in", new BsonArray(ids.Select(x => x.ToString()))));

    private static BsonDocumentFilterDefinition<BsonDocument> Filter(BsonDocument filter) => new(filter);

    private static BsonDocumentUpdateDefinition<BsonDocument> Update(BsonDocument update) => new(update);

    private static IAsyncEnumerable<BsonDocument> FindAsync(
        IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument? projection, CancellationToken cancellationToken) =>
        MongoDocuments.FindAsync(collection, filter, projection, cancellationToken);

    /// <summary>What the database has of one service.</summary>
    /// <param name="IsOurs">Written by this run of this Beacon.</param>
    private readonly record struct Found(long Revision, bool IsOurs);
}
