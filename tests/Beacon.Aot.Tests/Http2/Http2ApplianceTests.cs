using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Aot.Tests.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Beacon.Aot.Tests.Http2;

/// <summary>The whole program over HTTP/2 without TLS.</summary>
public sealed class Http2ApplianceTests : IAsyncLifetime
{
    private const string Register = "/api/v1/services/register";
    private const string Lamp = """{"name":"lamp","host":"192.168.1.50","port":80}""";

    private readonly ApplianceStore _store = ApplianceStore.InMemory();
    private readonly Complaints _complaints = new();
    private readonly HttpClient _http = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BeaconOptions { DataDirectory = Path.GetTempPath(), Host = IPAddress.Loopback, Port = 0, MdnsEnabled = false };
        _app = BeaconHost.Build(options, _store, logging => logging.AddProvider(_complaints));
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _store.Dispose();
        _complaints.Dispose();
    }

    [Fact]
    public async Task A_heartbeat_is_answered_as_over_http1()
    {
        var id = await RegisterAsync();

        using var first = await SendAsync(HttpMethod.Put, $"/api/v1/services/{id}/heartbeat", version: HttpVersion.Version11);
        using var second = await SendAsync(HttpMethod.Put, $"/api/v1/services/{id}/heartbeat");

        Assert.Equal(HttpVersion.Version20, second.Version);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(Headers(first), Headers(second));
        Assert.Equal((await JsonAsync(first)).Select(member => member.Key), (await JsonAsync(second)).Select(member => member.Key));
    }

    [Fact]
    public async Task A_body_has_the_same_bound()
    {
        using var fits = await SendAsync(HttpMethod.Post, Register, $$"""{"name":"lamp","host":"h","port":1,"x":"{{new string('x', 60_000)}}"}""");
        using var large = await SendAsync(HttpMethod.Post, Register, new string('x', (int)BeaconHost.MaxRequestBody + 1));

        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task A_body_larger_than_what_may_be_on_its_way_arrives_whole()
    {
        var id = await RegisterAsync();
        var ids = string.Join('\n', Enumerable.Repeat(id, 10_000));

        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/heartbeats", ids);

        Assert.Equal(10_000, (await JsonAsync(answer))["renewed"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("http://beacon.local:8080", "beacon.local:8080", HttpStatusCode.Created)]
    [InlineData("http://beacon.local:8080", "other.local:8080", HttpStatusCode.Forbidden)]
    [InlineData("http://evil.example.com", "evil.example.com", HttpStatusCode.Forbidden)]
    [InlineData(null, "evil.example.com", HttpStatusCode.Created)]
    public async Task Whose_page_it_is_follows_from_the_authority_as_from_the_host(string? origin, string authority, HttpStatusCode expected)
    {
        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var answer = await SendAsync(HttpMethod.Post, Register, Lamp, version, ("Host", authority), ("Origin", origin));

            Assert.Equal(version, answer.Version);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_live_connection_runs_over_either_protocol(int version)
    {
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"ws://{_http.BaseAddress!.Authority}/ws"), _http, TestContext.Current.CancellationToken);
        using var client = new LiveClient(socket);
        Assert.Equal("connection_established", (await client.ReceiveAsync())["type"]!.GetValue<string>());

        await RegisterAsync();

        Assert.Equal("service_registered", (await client.ReceiveAsync())["type"]!.GetValue<string>());
        var stopping = _app.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await client.ReadUntilClosedAsync());
        await stopping.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_foreign_page_gets_no_live_connection()
    {
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", "https://evil.example.com");

        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://{_http.BaseAddress!.Authority}/ws"), _http, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Who_asks_for_a_live_connection_by_get_is_told_what_it_speaks()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/ws");

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Empty(_complaints.Lines);
    }

    private async Task<string> RegisterAsync()
    {
        using var answer = await SendAsync(HttpMethod.Post, Register, Lamp);
        return (await JsonAsync(answer))["service_id"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, Version? version = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Version = version ?? HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                request.Headers.Add(name, value);
            }
        }

        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}").Order();
}
