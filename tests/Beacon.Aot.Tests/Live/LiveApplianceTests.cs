using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.Live;

/// <summary>The live connection as part of the whole program.</summary>
public sealed class LiveApplianceTests : IAsyncLifetime
{
    private readonly ApplianceStore _store = ApplianceStore.InMemory();
    private WebApplication _app = null!;
    private Uri _address = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BeaconOptions { DataDirectory = Path.GetTempPath(), Host = IPAddress.Loopback, Port = 0, MdnsEnabled = false };
        _app = BeaconHost.Build(options, _store, _ => { });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _http = new HttpClient { BaseAddress = _address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task What_is_done_over_http_is_told_and_the_object_told_is_the_object_answered()
    {
        using var client = await ConnectAsync();
        var answered = await SendAsync(HttpMethod.Post, "/api/v1/services/register", """{"name":"lamp","host":"192.168.1.50","port":80}""");
        var registered = await client.ReceiveAsync();
        var id = answered["service_id"]!.GetValue<string>();
        await SendAsync(HttpMethod.Put, $"/api/v1/services/{id}", """{"tags":["hall"]}""");
        var updated = await client.ReceiveAsync();
        await SendAsync(HttpMethod.Put, $"/api/v1/services/{id}/heartbeat?ttl=100");
        var beaten = await client.ReceiveAsync();
        await SendAsync(HttpMethod.Delete, $"/api/v1/services/{id}");
        var gone = await client.ReceiveAsync();

        Assert.True(JsonNode.DeepEquals(answered, registered["data"]), $"{answered}\n{registered["data"]}");
        Assert.Equal("service_updated", updated["type"]!.GetValue<string>());
        Assert.Equal("hall", updated["data"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal("service_heartbeat", beaten["type"]!.GetValue<string>());
        Assert.Equal("service_deregistered", gone["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_heartbeat_by_frame_is_answered_like_the_one_by_request()
    {
        using var client = await ConnectAsync();
        var id = (await SendAsync(HttpMethod.Post, "/api/v1/services/register", """{"name":"lamp","host":"192.168.1.50","port":80}"""))["service_id"];
        await client.ReceiveAsync();
        var byRequest = await SendAsync(HttpMethod.Put, $"/api/v1/services/{id}/heartbeat");
        await client.ReceiveAsync();

        var byFrame = await client.AskAsync($$"""{"type":"heartbeat","service_id":"{{id}}"}""");

        Assert.Equal("heartbeat_ack", byFrame["type"]!.GetValue<string>());
        Assert.Equal(byRequest.AsObject().Select(member => member.Key), byFrame.Select(member => member.Key).Skip(1));
    }

    [Fact]
    public async Task A_client_that_follows_the_recipe_holds_the_list_whatever_happens_meanwhile()
    {
        var listRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var changing = ChangeAsync(listRead.Task);
        using var client = await LiveClient.ConnectAsync(new Uri($"ws://{_address.Authority}/ws"));
        var seq = (await client.ReceiveAsync())["seq"]!.GetValue<long>();
        var services = await PortsAsync();
        listRead.SetResult();

        var name = "";
        while (name != "last")
        {
            var message = await client.ReceiveAsync();
            var data = message["data"]!;
            var id = data["service_id"]!.GetValue<string>();
            Assert.True(message["seq"]!.GetValue<long>() > seq);
            switch (message["type"]!.GetValue<string>())
            {
                case "service_registered" or "service_updated":
                    services[id] = data["port"]!.GetValue<int>();
                    name = data["name"]!.GetValue<string>();
                    break;
                case "service_deregistered":
                    services.Remove(id);
                    break;
            }
        }

        await changing;
        Assert.Equal((await PortsAsync()).OrderBy(x => x.Key), services.OrderBy(x => x.Key));
    }

    [Fact]
    public async Task A_stop_of_the_program_is_said_to_live_clients_and_not_held_up_by_them()
    {
        using var client = await ConnectAsync();
        using var deaf = new System.Net.Sockets.TcpClient();
        await deaf.ConnectAsync(IPAddress.Loopback, _address.Port, TestContext.Current.CancellationToken);
        await deaf.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET /ws HTTP/1.1\r\nHost: {_address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"),
            TestContext.Current.CancellationToken);
        await deaf.GetStream().ReadExactlyAsync(new byte[16], TestContext.Current.CancellationToken);

        var stopping = _app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await client.ReadUntilClosedAsync());
        await stopping.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    private async Task<LiveClient> ConnectAsync()
    {
        var client = await LiveClient.ConnectAsync(new Uri($"ws://{_address.Authority}/api/v1/ws"));
        await client.ReceiveAsync();
        return client;
    }

    private async Task<Dictionary<string, int>> PortsAsync() =>
        (await SendAsync(HttpMethod.Get, "/api/v1/services?limit=100"))["services"]!.AsArray()
            .ToDictionary(service => service!["service_id"]!.GetValue<string>(), service => service!["port"]!.GetValue<int>());

    /// <summary>Changes before, while and after the list is read; the last one is a service with the name "last".</summary>
    private async Task ChangeAsync(Task listRead)
    {
        const int After = 50;
        var ids = new Queue<string>();
        for (var left = After; left > 0; left -= listRead.IsCompleted ? 1 : 0)
        {
            ids.Enqueue(await RegisterAsync($"service-{ids.Count % 7}", 1 + (left % 3)));
            if (ids.Count > 10)
            {
                await SendAsync(HttpMethod.Delete, $"/api/v1/services/{ids.Dequeue()}");
            }
        }

        await RegisterAsync("last", 80);
    }

    private async Task<string> RegisterAsync(string name, int port)
    {
        var body = $$"""{"name":"{{name}}","host":"192.168.1.50","port":{{port}}}""";
        return (await SendAsync(HttpMethod.Post, "/api/v1/services/register", body))["service_id"]!.GetValue<string>();
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
