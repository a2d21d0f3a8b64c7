using System.Net;
using System.Text.Json.Nodes;
using Beacon.Native.Tests.Support;
using Beacon.Testing.Mongo;

namespace Beacon.Native.Tests.Mongo;

/// <summary>
/// What every store must do, asked of the published binary: with SQLite, and with MongoDB over TLS and SCRAM, where the second Beacon has
/// nothing but the database. The contract of the stores themselves runs under the JIT, in Beacon.Storage.Tests.
/// </summary>
public sealed class StoreContractTests : IDisposable
{
    private const string Password = "p@ss:w/rd";
    private const string Everything =
        """
        {"name":"Küche 🍳 \"1\"","type":"mqtt","host":"192.0.2.7 2001:db8::7","port":65535,"protocol":"tcp","ttl":86400,"tags":["ü","b","a"],
        "metadata":{"a.b":"dot","$c":"dollar","leer":"","emoji":"🍳","d":"\\\"\n"},"mdns_service_type":"_mqtt._tcp,_kitchen","mdns_txt_records":{"path":"/x","empty":""},
        "health_check_url":"http://192.0.2.7:80/health","health_check_interval":300,"health_check_timeout":7,"health_check_retries":2,"health_check_enabled":false}
        """;

    private static readonly string[] OfTheLease = ["expires_at"];
    private readonly TemporaryDirectory _first = new();
    private readonly TemporaryDirectory _second = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public Task With_SQLite() => KeepAsync(_first.Path, []);

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1")]
    public async Task With_MongoDB_over_TLS_and_SCRAM(string mechanism)
    {
        using var certificate = Certificates.ForLoopback(out var authority);
        using var files = new TemporaryDirectory();
        await File.WriteAllTextAsync(files.Below("authority.pem"), authority, Token);
        using var server = new MongoTestServer(new MongoTestServerOptions
        {
            ReplicaSet = "rs0",
            Certificate = certificate,
            Mechanisms = [mechanism],
            Users = new Dictionary<string, string> { ["beacon/umbrel"] = Password },
        });
        await KeepAsync(
            _second.Path,
            ["--mongodb-url", server.Url("beacon", $"umbrel:{Uri.EscapeDataString(Password)}", "&tls=true"), "--mongodb-ca-file", files.Below("authority.pem")]);
    }

    /// <param name="later">Data directory of the second start.</param>
    private async Task KeepAsync(string later, string[] options)
    {
        JsonNode whole, updated;
        string bare, removed, former;
        await using (var beacon = await BeaconProcess.StartAsync(_first.Path, options))
        {
            whole = await SendAsync(beacon, HttpMethod.Post, Api.Register, Everything);
            bare = await beacon.Client.RegisterAsync("bare", Token);
            removed = await beacon.Client.RegisterAsync("removed", Token);
            former = await beacon.Client.RegisterAsync("former", Token);
            updated = await SendAsync(beacon, HttpMethod.Put, $"{Api.Services}/{bare}", """{"name":"renamed","tags":["new"],"metadata":{"k":"v"}}""");
            Assert.Equal(HttpStatusCode.OK, (await beacon.Client.DeleteAsync($"{Api.Services}/{removed}", Token)).StatusCode);

            // Whoever left makes room for the same name under a new id; a removed one takes no heartbeat.
            Assert.Equal(HttpStatusCode.OK, (await beacon.Client.DeleteAsync($"{Api.Services}/{former}", Token)).StatusCode);
            Assert.NotEqual(former, await beacon.Client.RegisterAsync("former", Token));
            Assert.Equal(HttpStatusCode.NotFound, (await beacon.Client.PutAsync($"{Api.Services}/{removed}/heartbeat", null, Token)).StatusCode);
            await beacon.KillAsync();
        }

        await using var second = await BeaconProcess.StartAsync(later, options);
        Assert.Equal(["Küche 🍳 \"1\"", "renamed", "former"], (await second.Client.AllServicesAsync(Token)).Select(x => x.Name));
        AssertSame(whole, await SendAsync(second, HttpMethod.Get, $"{Api.Services}/{whole["service_id"]}", null));
        AssertSame(updated, await SendAsync(second, HttpMethod.Get, $"{Api.Services}/{bare}", null));
        Assert.Equal(HttpStatusCode.NotFound, (await second.Client.GetAsync($"{Api.Services}/{removed}", Token)).StatusCode);

        // B9: what was loaded can be changed again.
        var again = await SendAsync(second, HttpMethod.Put, $"{Api.Services}/{whole["service_id"]}", """{"type":"other"}""");
        Assert.Equal(whole["service_id"]!.ToString(), again["service_id"]!.ToString());
    }

    private static async Task<JsonNode> SendAsync(BeaconProcess beacon, HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : Api.Json(json) };
        using var answer = await beacon.Client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    /// <summary>Word for word, apart from the grace that a start may give a lease.</summary>
    private static void AssertSame(JsonNode before, JsonNode after)
    {
        foreach (var member in OfTheLease)
        {
            Assert.True(DateTimeOffset.Parse(after[member]!.ToString(), null) >= DateTimeOffset.Parse(before[member]!.ToString(), null));
            before.AsObject().Remove(member);
            after.AsObject().Remove(member);
        }

        Assert.Equal(before.ToJsonString(), after.ToJsonString());
    }
}
