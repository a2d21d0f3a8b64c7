using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Storage.Mongo;
using Beacon.Storage.Mongo.Health;
using Beacon.Storage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beacon.Storage.Tests.Health;

public sealed class MongoHealthArchiveTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, 123, TimeSpan.Zero);
    private static readonly ServiceId Nas = new(new Guid(1, 0, 0, new byte[8]));
    private readonly MongoTarget _target = new();
    private readonly MongoHealthArchive _archive;

    public MongoHealthArchiveTests() => _archive = new MongoHealthArchive(_target.Options(), NullLogger.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _archive.Dispose();
        _target.Dispose();
    }

    [Fact]
    public async Task Results_are_documents_of_the_documented_form_and_there_once_however_often_they_are_sent()
    {
        var passed = new ArchivedResult(Nas, At, 0, CheckOutcome.Healthy, 2.1, 200, null, false);
        var failed = new ArchivedResult(Nas, At, 1, CheckOutcome.Timeout, null, null, "no answer \ud800 within 10 s", true);
        await _archive.StoreAsync(new ArchiveBatch { Results = [passed] }, Token);
        await _archive.StoreAsync(new ArchiveBatch { Results = [passed, failed] }, Token);

        var documents = await ReadAsync("health_checks");
        Assert.Equal(2, documents.Count);
        var id = documents[0]["_id"].AsString;
        Assert.Equal(
            new BsonDocument
            {
                { "_id", id }, { "service_id", Nas.ToString() }, { "timestamp", new BsonDateTime(At.UtcDateTime) }, { "status", "healthy" },
                { "response_time_ms", 2.1 }, { "status_code", 200 }, { "error_message", BsonNull.Value }, { "planned", false },
            },
            documents[0]);
        Assert.Equal(("timeout", true, "no answer \ufffd within 10 s"), (documents[1]["status"].AsString, documents[1]["planned"].AsBoolean, documents[1]["error_message"].AsString));
    }

    [Fact]
    public async Task Roll_ups_and_incidents_are_replaced_by_what_is_sent_later()
    {
        var rollUps = new ArchivedRollUps(Nas, "hour", At, At.AddDays(365), [new ArchivedPoint(At, 60, 59, 0, 1, 2, 2, 3, 9)]);
        var incident = new Incident(1, Nas, "nas", At, null, "timeout", false, 1);
        await _archive.StoreAsync(new ArchiveBatch { RollUps = [rollUps], Incidents = [incident] }, Token);
        await _archive.StoreAsync(
            new ArchiveBatch
            {
                RollUps = [rollUps with { Points = [.. rollUps.Points, new ArchivedPoint(At.AddHours(1), 1, 0, 2, null, null, null, null, null)] }],
                Incidents = [incident with { EndedAt = At.AddHours(1), Change = 2 }],
            },
            Token);

        var stored = Assert.Single(await ReadAsync("health_checks_rollups"));
        Assert.Equal([60, 1], stored["points"].AsBsonArray.Select(x => x["count"].AsInt32));
        Assert.Equal((2.0, BsonNull.Value), (stored["points"][0]["mean_ms"].AsDouble, stored["points"][1]["p95_ms"]));
        Assert.True(stored["expires_at"].IsValidDateTime);
        Assert.Equal(At.AddHours(1).UtcDateTime, Assert.Single(await ReadAsync("health_checks_incidents"))["ended_at"].ToUniversalTime());
    }

    [Fact]
    public async Task A_database_that_is_away_is_an_exception_that_says_so()
    {
        Assert.SkipWhen(_target.Server is null, "the test server can be switched off, a real one cannot");
        _target.Server!.Dispose();

        var error = await Assert.ThrowsAsync<MongoStoreException>(() => _archive.StoreAsync(
            new ArchiveBatch { Incidents = [new Incident(1, Nas, "nas", At, null, "x", false, 1)] }, Token));
        Assert.Contains("MongoDB at", error.Message, StringComparison.Ordinal);
    }

    private async Task<List<BsonDocument>> ReadAsync(string collection)
    {
        using var link = new MongoLink(_target.Options(), NullLogger.Instance);
        await link.ConnectAsync(Token);
        var found = await link.Database.GetCollection<BsonDocument>(collection).FindAsync(
            new BsonDocumentFilterDefinition<BsonDocument>([]), new FindOptions<BsonDocument, BsonDocument> { Sort = new BsonDocument("_id", 1) }, Token);
        return await found.ToListAsync(Token);
    }
}
