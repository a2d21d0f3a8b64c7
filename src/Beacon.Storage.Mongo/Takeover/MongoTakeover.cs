using Beacon.Registry.Services;
using Beacon.Storage.Mongo.Documents;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo.Takeover;

/// <summary>
/// Documents of the earlier implementation, brought into today's form where they are: dates become dates, unknown fields stay. Of
/// several with one name, host and port the newest stays; the others, and those that make no service, are moved to a collection of
/// their own. Nothing is deleted. Told from today's by their lack of a revision, so that a backup restored later is taken over too.
/// </summary>
internal sealed class MongoTakeover(MongoLink link, MongoOptions options, MongoWriter writer, TimeProvider time, ILogger logger)
{
    private const int BatchSize = 500;
    private const int DuplicateKey = 11000;

    private static readonly BsonDocument Earlier = new(Field.Revision, new BsonDocument("$exists", false));
    private static readonly BsonDocument KeysOnly = new() { { Field.ServiceId, 1 }, { Field.Name, 1 }, { Field.Host, 1 }, { Field.Port, 1 } };

    public async Task<TakeoverPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var (documents, convert, aside) = await ExamineAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new TakeoverPlan(
            documents,
            documents - convert.Count - aside.Count,
            convert.Count,
            convert.Count(x => x.Document.GetValue(Field.ExpiresAt, BsonNull.Value).IsString),
            convert.Count(x => x.Document[Field.Id].IsObjectId),
            convert.Count(x => x.View.Lease.ExpiresAt > now),
            [.. aside.Select(x => new KeyValuePair<string, string>(x.Document[Field.Id].ToString()!, x.Reason))]);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (_, convert, aside) = await ExamineAsync(cancellationToken);
        foreach (var (document, reason) in aside)
        {
            await SetAsideAsync(document, reason, cancellationToken);
        }

        var now = time.GetUtcNow();
        foreach (var some in convert.Chunk(BatchSize))
        {
            var updates = some.Select(x => new UpdateOneModel<BsonDocument>(
                new BsonDocumentFilterDefinition<BsonDocument>(new BsonDocument { { Field.Id, x.Document[Field.Id] }, { Field.Revision, new BsonDocument("$exists", false) } }),
                new BsonDocumentUpdateDefinition<BsonDocument>(ServiceDocument.Whole(x.View, 1, writer, now))));
            await link.Services.BulkWriteAsync(
                await link.SessionAsync(cancellationToken), updates, new BulkWriteOptions { IsOrdered = false }, cancellationToken);
        }

        if (convert.Count > 0 || aside.Count > 0)
        {
            MongoLog.TakenOver(logger, convert.Count, aside.Count, options.SetAside);
        }
    }

    /// <summary>Copied first, under the key it had, so that an interrupted move is finished by the next and nothing is there twice.</summary>
    public async Task SetAsideAsync(BsonDocument document, string reason, CancellationToken cancellationToken)
    {
        MongoLog.DocumentSetAside(logger, document[Field.Id].ToString()!, reason);
        var session = await link.SessionAsync(cancellationToken);
        var copy = new BsonDocument
        {
            { Field.Id, new BsonDocument { { "of", document[Field.Id] }, { Field.Revision, document.GetValue(Field.Revision, 0) } } },
            { "reason", reason },
            { "set_aside_at", BsonInstant.From(time.GetUtcNow()) },
            { "document", document },
        };
        try
        {
            await link.SetAside.InsertOneAsync(session, copy, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException error) when (error.WriteError?.Code == DuplicateKey)
        {
            // Moved before, and came back as it was.
        }

        await link.Services.DeleteOneAsync(
            session, new BsonDocumentFilterDefinition<BsonDocument>(new BsonDocument(Field.Id, document[Field.Id])), cancellationToken: cancellationToken);
    }

    private async Task<(int Documents, List<EarlierDocument> Convert, List<(BsonDocument Document, string Reason)> Aside)> ExamineAsync(
        CancellationToken cancellationToken)
    {
        var earlier = new List<EarlierDocument>();
        var aside = new List<(BsonDocument, string)>();
        await foreach (var document in MongoDocuments.FindAsync(link.Services, Earlier, null, cancellationToken))
        {
            if (ServiceDocumentReader.TryRead(document, TimeSpan.Zero, out var view, out var problem))
            {
                earlier.Add(new EarlierDocument(document, view));
            }
            else
            {
                aside.Add((document, problem));
            }
        }

        if (earlier.Count == 0)
        {
            var count = await link.Services.EstimatedDocumentCountAsync(cancellationToken: cancellationToken);
            return ((int)count, earlier, aside);
        }

        var (ids, names, current) = await CurrentAsync(cancellationToken);
        var convert = new List<EarlierDocument>(earlier.Count);

        // Newest first: whoever comes later under a name or an id that is taken is the older one.
        foreach (var one in earlier.OrderByDescending(x => x.View.UpdatedAt).ThenByDescending(x => x.View.Lease.ExpiresAt))
        {
            var service = one.View.Instance;
            var name = (service.Name, service.Host, service.Port);
            if (names.TryGetValue(name, out var other))
            {
                aside.Add((one.Document, $"service {other} has the same name, host and port and is newer"));
            }
            else if (!ids.Add(service.Id))
            {
                aside.Add((one.Document, $"another document of service {service.Id} is newer"));
            }
            else
            {
                names.Add(name, service.Id.ToString());
                convert.Add(one);
            }
        }

        return (current + convert.Count + aside.Count, convert, aside);
    }

    /// <summary>Ids and names of documents that have today's form: these win.</summary>
    private async Task<(HashSet<ServiceId> Ids, Dictionary<(string, string, int), string> Names, int Count)> CurrentAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<ServiceId>();
        var names = new Dictionary<(string, string, int), string>();
        var count = 0;
        var filter = new BsonDocument(Field.Revision, new BsonDocument("$exists", true));
        await foreach (var document in MongoDocuments.FindAsync(link.Services, filter, KeysOnly, cancellationToken))
        {
            count++;
            if (ServiceDocumentReader.Id(document) is { } id)
            {
                ids.Add(id);
                var port = document.GetValue(Field.Port, 0);
                names.TryAdd((document.GetValue(Field.Name, "").ToString()!, document.GetValue(Field.Host, "").ToString()!, port.IsNumeric ? port.ToInt32() : 0), id.ToString());
            }
        }

        return (ids, names, count);
    }
}
