using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Beacon.Native.Tests.Support;
using Beacon.Testing.Mongo;

namespace Beacon.Native.Tests.Mongo;

/// <summary>The published binary with a database: the driver's handshake, SCRAM and TLS are what ahead-of-time compilation could break.</summary>
public class MongoStoreTests(ITestOutputHelper output)
{
    private const string Password = "p@ss:w/rd";
    private static readonly string Credentials = $"umbrel:{Uri.EscapeDataString(Password)}";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SCRAM-SHA-256", true)]
    [InlineData("SCRAM-SHA-1", true)]
    [InlineData("SCRAM-SHA-256", false)]
    public async Task Services_are_in_the_database_over_TLS_and_SCRAM_and_come_back_from_it_alone(string mechanism, bool isReplicaSet)
    {
        using var certificate = Certificates.ForLoopback(out var authority);
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "authority.pem");
        await File.WriteAllTextAsync(file, authority, Token);
        using var server = new MongoTestServer(new MongoTestServerOptions
        {
            ReplicaSet = isReplicaSet ? "rs0" : null,
            Certificate = certificate,
            Mechanisms = [mechanism],
            Users = new Dictionary<string, string> { ["beacon/umbrel"] = Password },
        });
        string[] options = ["--mongodb-url", server.Url("beacon", Credentials, "&tls=true&compressors=zstd,zlib,snappy"), "--mongodb-ca-file", file];
        string id;
        using (var data = new TemporaryDirectory())
        {
            await using var first = await BeaconProcess.StartAsync(data.Path, options);
            id = await first.Client.RegisterAsync("kept", Token);
            Assert.Equal(id, Assert.Single(server.Documents("beacon.services"))["service_id"].AsString);
            using var health = await HealthAsync(first);
            Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
            Assert.Equal("mongodb", health.RootElement.GetProperty("database").GetProperty("type").GetString());
            Assert.True(health.RootElement.GetProperty("database").GetProperty("connected").GetBoolean());
            await first.TerminateAsync();
        }

        using var empty = new TemporaryDirectory();
        await using var second = await BeaconProcess.StartAsync(empty.Path, options);
        Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync($"{Api.Services}/{id}", Token)).StatusCode);
        Assert.DoesNotContain(second.Output, x => x.Contains(Password, StringComparison.Ordinal) || x.Contains("p%40ss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_of_the_admin_database_is_let_in_although_the_URL_names_another()
    {
        using var server = new MongoTestServer(new MongoTestServerOptions { Users = new Dictionary<string, string> { ["admin/umbrel"] = Password } });
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--mongodb-url", server.Url("beacon", Credentials));
        await beacon.Client.RegisterAsync("kept", Token);
        Assert.Single(server.Documents("beacon.services"));
        Assert.Single(beacon.Output, x => x.Contains("authSource=admin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_the_password_and_changes_go_to_the_spool()
    {
        using var server = new MongoTestServer(new MongoTestServerOptions { Users = new Dictionary<string, string> { ["admin/umbrel"] = "another" } });
        using var data = new TemporaryDirectory();
        await using var first = await BeaconProcess.StartBlindAsync(data.Path, "--mongodb-url", server.Url("beacon", Credentials));
        await first.Client.RegisterAsync("spooled", Token);
        using var health = await HealthAsync(first);
        var database = health.RootElement.GetProperty("database");
        Assert.Equal("degraded", health.RootElement.GetProperty("status").GetString());
        Assert.Contains("does not accept the user or password", database.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, database.GetProperty("spooled_changes").GetInt32());
        Assert.DoesNotContain(first.Output, x => x.Contains("p@ss", StringComparison.Ordinal) || x.Contains("p%40ss", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Beacon_that_never_met_its_database_does_not_say_that_there_is_nothing()
    {
        using var server = new MongoTestServer();
        using var data = new TemporaryDirectory();
        server.Stop();
        await using var beacon = await BeaconProcess.StartBlindAsync(data.Path, "--mongodb-url", server.Url());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await beacon.Client.GetAsync(Api.Services, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await beacon.Client.GetAsync("/api/v1/ready", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await beacon.Client.GetAsync($"{Api.Services}/{Guid.NewGuid()}", Token)).StatusCode);
        var id = await beacon.Client.RegisterAsync("known", Token);
        Assert.Equal(HttpStatusCode.OK, (await beacon.Client.GetAsync($"{Api.Services}/{id}", Token)).StatusCode);
        server.Start();
        await UntilAsync(async () => (await beacon.Client.GetAsync(Api.Services, Token)).StatusCode == HttpStatusCode.OK);
        Assert.Single(server.Documents("beacon.services"));
    }

    [Fact]
    public async Task An_outage_costs_nothing_but_a_word_in_the_health_and_survives_kill_9()
    {
        using var file = new TemporaryDirectory();
        using var server = new MongoTestServer(new MongoTestServerOptions { ReplicaSet = "rs0", File = Path.Combine(file.Path, "mongo.journal") });
        using var data = new TemporaryDirectory();
        string before, during;
        await using (var first = await BeaconProcess.StartAsync(data.Path, "--mongodb-url", server.Url()))
        {
            before = await first.Client.RegisterAsync("before", Token);
            server.Stop();
            var started = Stopwatch.GetTimestamp();
            during = await first.Client.RegisterAsync("during", Token);
            output.WriteLine($"first registration in the outage: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
            await UntilAsync(async () => await StateAsync(first) == "down");
            await first.KillAsync();
        }

        await using var second = await BeaconProcess.StartAsync(data.Path, "--mongodb-url", server.Url());
        foreach (var id in (string[])[before, during])
        {
            Assert.Equal(HttpStatusCode.OK, (await second.Client.GetAsync($"{Api.Services}/{id}", Token)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await second.Client.DeleteAsync($"{Api.Services}/{before}", Token)).StatusCode);
        server.Crash();
        await UntilAsync(async () => await StateAsync(second) == "healthy");
        Assert.Equal(during, Assert.Single(server.Documents("beacon.services"))["service_id"].AsString);
    }

    private static async Task<JsonDocument> HealthAsync(BeaconProcess beacon) =>
        JsonDocument.Parse(await beacon.Client.GetStreamAsync("/api/v1/health", Token));

    private static async Task<string?> StateAsync(BeaconProcess beacon)
    {
        using var health = await HealthAsync(beacon);
        return health.RootElement.GetProperty("database").GetProperty("state").GetString();
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var started = Stopwatch.GetTimestamp(); !await reached();)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "it did not come in time");
            await Task.Delay(50, Token);
        }
    }
}
