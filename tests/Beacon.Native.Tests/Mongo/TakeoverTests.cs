using System.Diagnostics;
using System.Text.Json;
using Beacon.Native.Tests.Support;
using Beacon.Testing.Mongo;
using MongoDB.Bson;

namespace Beacon.Native.Tests.Mongo;

/// <summary>A database of the earlier implementation, 10,000 documents of both generations in it, and the published binary.</summary>
public class TakeoverTests(ITestOutputHelper output)
{
    private const string Services = "beacon.services";
    private const string SetAside = "beacon.services_set_aside";
    private const int Documents = 10_000;
    private const int Duplicates = 250;
    private const int Broken = 50;
    private const int Whole = Documents - Duplicates - Broken;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_documents_are_taken_over_and_nothing_is_lost()
    {
        using var server = new MongoTestServer(new MongoTestServerOptions
        {
            ReplicaSet = "rs0",
            Users = new Dictionary<string, string> { ["admin/umbrel"] = "secret" },
        });
        Fill(server);
        var before = server.Documents(Services);
        string[] options = ["--mongodb-url", server.Url("beacon", "umbrel:secret")];

        await RehearseAsync(options);
        Assert.Equal(before, server.Documents(Services));
        Assert.Empty(server.Documents(SetAside));
        Assert.Equal(EarlierDocuments.Indexes.Count + 1, server.Indexes(Services).Count);

        using var data = new TemporaryDirectory();
        var started = Stopwatch.GetTimestamp();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, options);
        output.WriteLine($"ready with {Documents} documents taken over after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        var there = await UntilAllAreThereAsync(beacon);
        output.WriteLine($"all {there.Count} services are served after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        AssertNothingIsLost(before, server.Documents(Services), server.Documents(SetAside));
        Assert.Equal(server.Documents(Services).Select(x => x["service_id"].AsString).Order(), there.Order());

        await beacon.TerminateAsync();
        var again = Stopwatch.GetTimestamp();
        await using var second = await BeaconProcess.StartAsync(data.Path, options);
        output.WriteLine($"the next start took {Stopwatch.GetElapsedTime(again).TotalSeconds:0.00} s");
        Assert.Equal(Duplicates + Broken, server.Documents(SetAside).Count);
    }

    private async Task RehearseAsync(string[] options)
    {
        var started = Stopwatch.GetTimestamp();
        var run = await BeaconProcess.RunAsync(["migrate", "--dry-run", "--json", .. options]);
        output.WriteLine($"rehearsal: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        Assert.True(run.ExitCode == 0, run.Errors);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Equal(Documents, report.RootElement.GetProperty("documents").GetInt32());
        Assert.Equal(Whole, report.RootElement.GetProperty("converted").GetInt32());
        Assert.Equal(Duplicates + Broken, report.RootElement.GetProperty("set_aside").GetArrayLength());
        Assert.InRange(report.RootElement.GetProperty("text_dates").GetInt32(), Whole / 3, Whole * 2 / 3);
        Assert.InRange(report.RootElement.GetProperty("object_ids").GetInt32(), Whole / 3, Whole * 2 / 3);
    }

    /// <summary>Generations alternate; the last ones are older doubles of the first, and documents that make no service.</summary>
    private static void Fill(MongoTestServer server)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var index in EarlierDocuments.Indexes)
        {
            server.CreateIndex(Services, index);
        }

        server.Insert(Services, Enumerable.Range(0, Documents).Select(number =>
        {
            var isDouble = number is >= Whole and < Whole + Duplicates;
            var updatedAt = now.AddHours(isDouble ? -2 : -1).AddSeconds(number % 100).AddMicroseconds(number);
            var expiresAt = number % 2 == 0 ? now.AddMinutes(5) : now.AddMinutes(-5);
            var document = number % 4 < 2
                ? EarlierDocuments.WithTexts(number, now.AddDays(-1), updatedAt, expiresAt)
                : EarlierDocuments.WithDates(number, now.AddDays(-1), updatedAt, expiresAt);
            if (isDouble)
            {
                var original = EarlierDocuments.WithTexts(number - Whole, now, now, now);
                document["name"] = original["name"];
                document["host"] = original["host"];
                document["port"] = original["port"];
            }
            else if (number >= Whole + Duplicates)
            {
                document["port"] = "none";
            }

            return document;
        }));
    }

    private static void AssertNothingIsLost(IReadOnlyList<BsonDocument> before, IReadOnlyList<BsonDocument> after, IReadOnlyList<BsonDocument> aside)
    {
        Assert.Equal(Whole, after.Count);
        Assert.Equal(Duplicates + Broken, aside.Count);
        var now = after.ToDictionary(x => x["_id"]);
        var away = aside.ToDictionary(x => x["document"]["_id"]);
        foreach (var old in before)
        {
            if (away.TryGetValue(old["_id"], out var kept))
            {
                Assert.Equal(old, kept["document"].AsBsonDocument);
                continue;
            }

            var taken = now[old["_id"]];
            foreach (var field in (string[])["service_id", "name", "host", "port", "type", "tags", "metadata", "ttl", "added_by_hand", "consecutive_health_failures"])
            {
                Assert.Equal(old[field], taken[field]);
            }

            foreach (var field in (string[])["created_at", "updated_at", "expires_at", "last_heartbeat"])
            {
                Assert.True(taken[field].IsBsonDateTime, $"{field} is {taken[field].BsonType}");
            }

            foreach (var field in (string[])["created_at", "updated_at", "last_heartbeat"])
            {
                Assert.Equal(Milliseconds(old[field]), Milliseconds(taken[field]));
            }

            // A start gives each its grace.
            Assert.InRange(Milliseconds(taken["expires_at"]), Milliseconds(old["expires_at"]), long.MaxValue);
        }
    }

    private static long Milliseconds(BsonValue at) => at.IsString
        ? DateTimeOffset.Parse(at.AsString, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
        : at.AsBsonDateTime.MillisecondsSinceEpoch;

    private static async Task<List<string>> UntilAllAreThereAsync(BeaconProcess beacon)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            using var first = JsonDocument.Parse(await beacon.Client.GetStringAsync($"{Api.Services}?limit=1", Token));
            if (first.RootElement.GetProperty("total").GetInt32() == Whole)
            {
                return [.. (await beacon.Client.AllServicesAsync(Token)).Select(x => x.Id)];
            }

            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "they did not come in time");
            await Task.Delay(20, Token);
        }
    }
}
