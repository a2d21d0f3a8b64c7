using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Live;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

/// <summary>The way to a connection, over real sockets.</summary>
public sealed class LiveEndpointTests
{
    private static readonly Registration Lamp = new() { Name = "lamp", Host = "192.168.1.50", Port = 8080 };

    [Theory]
    [InlineData("/api/v1/ws")]
    [InlineData("/api/v1/ws/")]
    [InlineData("/ws")]
    public async Task Both_addresses_lead_to_the_same_messages(string path)
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await LiveClient.ConnectAsync(server.WebSocket(path));
        var greeting = await client.ReceiveAsync();
        server.Registry.Register(Lamp);
        var message = await client.ReceiveAsync();

        Assert.Equal("connection_established", greeting["type"]!.GetValue<string>());
        Assert.Equal("service_registered", message["type"]!.GetValue<string>());
        Assert.Equal(greeting["seq"]!.GetValue<long>() + 1, message["seq"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_client_gets_its_own_id_back_or_one_that_nobody_else_has()
    {
        await using var server = await LiveServer.StartAsync();
        using var named = await LiveClient.ConnectAsync(server.WebSocket("/ws?client_id=kitchen%20tablet"));
        using var first = await LiveClient.ConnectAsync(server.WebSocket("/ws"));
        var firstId = (await first.ReceiveAsync())["client_id"]!.GetValue<string>();
        first.Socket.Abort();
        using var second = await LiveClient.ConnectAsync(server.WebSocket("/ws"));

        Assert.Equal("kitchen tablet", (await named.ReceiveAsync())["client_id"]!.GetValue<string>());
        Assert.Matches("^client_[0-9]+$", firstId);
        Assert.NotEqual(firstId, (await second.ReceiveAsync())["client_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_missed_is_replayed_over_the_network_too()
    {
        await using var server = await LiveServer.StartAsync();
        using var first = await LiveClient.ConnectAsync(server.WebSocket());
        var since = (await first.ReceiveAsync())["seq"]!.GetValue<long>();
        server.Registry.Register(Lamp);
        await first.ReceiveAsync();

        using var second = await LiveClient.ConnectAsync(server.WebSocket($"/ws?since={since}"));

        Assert.Equal(since, (await second.ReceiveAsync())["seq"]!.GetValue<long>());
        Assert.Equal("service_registered", (await second.ReceiveAsync())["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=-1", "since")]
    [InlineData("since=99999999999999999999", "since")]
    [InlineData("client_id=01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890", "client_id")]
    [InlineData("client_id=a%0Ab", "client_id")]
    public async Task A_wrong_parameter_is_named(string query, string parameter)
    {
        await using var server = await LiveServer.StartAsync();

        var (status, body) = await RefusedAsync(server, $"/api/v1/ws?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["query", parameter], body["detail"]![0]!["loc"]!.AsArray().Select(part => part!.GetValue<string>()));
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("null")]
    public async Task B20_a_page_of_a_strange_origin_gets_no_connection(string origin)
    {
        await using var server = await LiveServer.StartAsync();

        foreach (var path in new[] { "/api/v1/ws", "/ws" })
        {
            var (status, body) = await RefusedAsync(server, path, ("Origin", origin));

            Assert.Equal(HttpStatusCode.Forbidden, status);
            Assert.Contains("CORS_ORIGINS", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Assert.Equal(0, server.Hub.Clients);
    }

    [Fact]
    public async Task Beacons_own_page_and_a_page_allowed_by_name_get_one()
    {
        await using var server = await LiveServer.StartAsync(origins: ["https://dash.example.com"]);

        foreach (var origin in new[] { $"http://{server.Address.Authority}", "https://dash.example.com" })
        {
            using var client = await LiveClient.ConnectAsync(server.WebSocket(), ("Origin", origin));
            Assert.Equal("connection_established", (await client.ReceiveAsync())["type"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_request_without_an_upgrade_is_told_what_this_address_speaks()
    {
        await using var server = await LiveServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };

        using var response = await http.GetAsync(new Uri("/api/v1/ws", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
        Assert.Contains(
            "WebSocket", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_client_too_many_is_answered_503_until_another_leaves()
    {
        await using var server = await LiveServer.StartAsync();
        for (var i = 0; i < LiveLimits.MaxClients; i++)
        {
            Assert.True(server.Hub.TryReserve());
        }

        var (status, body) = await RefusedAsync(server, "/ws");
        server.Hub.Release();
        using var client = await LiveClient.ConnectAsync(server.WebSocket());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("10000", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("connection_established", (await client.ReceiveAsync())["type"]!.GetValue<string>());
    }

    [Fact(Timeout = 20_000)]
    public async Task A_client_that_answers_no_ping_is_dropped_and_one_that_does_stays()
    {
        // Real time: the pings are the framework's.
        var timings = new LiveTimings { PingInterval = TimeSpan.FromMilliseconds(100), PongLimit = TimeSpan.FromMilliseconds(300) };
        await using var server = await LiveServer.StartAsync(timings);
        using var alive = await LiveClient.ConnectAsync(server.WebSocket());
        await alive.ReceiveAsync();
        var listening = alive.ReceiveAsync();
        using var dead = await RawHandshakeAsync(server);

        await ReadToEndAsync(dead);
        server.Registry.Register(Lamp);
        Assert.Equal("service_registered", (await listening)["type"]!.GetValue<string>());
        while (server.Hub.Clients != 1)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_client_that_sent_too_much_still_learns_why_it_was_closed()
    {
        await using var server = await LiveServer.StartAsync();
        using var client = await LiveClient.ConnectAsync(server.WebSocket());

        await client.SendAsync(new string('x', 10 * LiveLimits.MaxFrame));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.ReadUntilClosedAsync());
    }

    [Fact]
    public async Task Compression_is_never_agreed_to()
    {
        await using var server = await LiveServer.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(server.WebSocket(), TestContext.Current.CancellationToken);

        Assert.False(socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
    }

    private static async Task<TcpClient> RawHandshakeAsync(LiveServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, TestContext.Current.CancellationToken);
        var request = $"GET /ws HTTP/1.1\r\nHost: {server.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Reads all there is, so that only the missing answers tell that nobody is there.</summary>
    private static async Task ReadToEndAsync(TcpClient client)
    {
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset rather than closed: gone all the same.
        }
    }

    /// <summary>A handshake that is refused; a plain request with its headers shows the body too.</summary>
    private static async Task<(HttpStatusCode Status, JsonNode Body)> RefusedAsync(
        LiveServer server, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }
}
