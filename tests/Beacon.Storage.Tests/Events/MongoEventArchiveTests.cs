using Beacon.Registry.Services;
using Beacon.Storage.Events;
using Beacon.Storage.Mongo;
using Beacon.Storage.Mongo.Events;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Tests.Events;

public sealed class MongoEventArchiveTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly ServiceId Nas = new(new Guid(1, 0, 0, new byte[8]));
    private readonly MongoTarget _target = new();
    private readonly MongoEventArchive _archive;

    public MongoEventArchiveTests() => _archive = new MongoEventArchive(_target.Options(), NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _archive.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task Entries_are_documents_of_the_documented_form_and_there_once_however_often_they_are_sent()
    {
        var registered = new EventEntry(7, At, EventKind.ServiceRegistered, Nas, "nas \ud800", "192.168.1.9", "nas.local:80");
        var stopped = new EventEntry(8, At.AddSeconds(1), EventKind.BeaconStopped);
        await _archive.StoreAsync([registered], Token);
        await _archive.StoreAsync([registered, stopped], Token);
        await _archive.StoreAsync([], Token);

        var documents = await ReadAsync();
        Assert.Equal(2, documents.Count);
        Assert.Equal(
            new BsonDocument
            {
                { "_id", documents[0]["_id"] }, { "timestamp", new BsonDateTime(At.UtcDateTime) }, { "action", "service_registered" },
                { "service_id", Nas.ToString() }, { "service_name", "nas \ufffd" }, { "source", "192.168.1.9" }, { "detail", "nas.local:80" },
            },
            documents[0]);
        Assert.Equal(("beacon_stopped", BsonNull.Value, BsonNull.Value), (documents[1]["action"].AsString, documents[1]["service_id"], documents[1]["source"]));
    }

    [Fact]
    public async Task Two_beacons_with_entries_of_the_same_number_do_not_meet()
    {
        using var other = new MongoEventArchive(_target.Options("22222222-2222-2222-2222-222222222222"), NullLogger.Instance);
        await _archive.StoreAsync([new EventEntry(1, At, EventKind.BeaconStarted)], Token);
        await other.StoreAsync([new EventEntry(1, At, EventKind.BeaconStarted)], Token);

        Assert.Equal(2, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task A_database_that_is_away_is_an_exception_that_says_so()
    {
        Assert.SkipWhen(_target.Server is null, "the test server can be switched off, a real one cannot");
        _target.Server!.Dispose();

        var error = await Assert.ThrowsAsync<MongoStoreException>(() => _archive.StoreAsync([new EventEntry(1, At, EventKind.BeaconStarted)], Token));
        Assert.Contains("MongoDB at", error.Message, StringComparison.Ordinal);
    }

    private async Task<List<BsonDocument>> ReadAsync()
    {
        using var link = new MongoLink(_target.Options(), NullLogger.Instance);
        await link.ConnectAsync(Token);
        var found = await link.Database.GetCollection<BsonDocument>("audit").FindAsync(
            new BsonDocumentFilterDefinition<BsonDocument>([]), new FindOptions<BsonDocument, BsonDocument> { Sort = new BsonDocument("_id", 1) }, Token);
        return await found.ToListAsync(Token);
    }
}
