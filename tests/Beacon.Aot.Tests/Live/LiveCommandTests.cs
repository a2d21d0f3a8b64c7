using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Live;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

public sealed class LiveCommandTests
{
    [Fact]
    public async Task A_device_without_http_keeps_its_lease_with_frames()
    {
        await using var rig = new LiveRig();
        var id = rig.Add("sensor", ttl: 10).Id;
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(8));
            await client.SendAsync($$"""{"type":"heartbeat","service_id":"{{id}}"}""");
            await ReadAsync(client, "heartbeat_ack");
            rig.Registry.Advance();
        }

        Assert.True(rig.Registry.TryGet(id, out var view));
        Assert.Equal(ServiceStatus.Active, view.Status);
    }

    [Fact]
    public async Task A_frame_can_ask_for_another_lease_length_as_leniently_as_a_request()
    {
        await using var rig = new LiveRig();
        var id = rig.Add("sensor", ttl: 10).Id;
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();

        foreach (var ttl in new[] { "600", "\"600\"", "600.0" })
        {
            await client.SendAsync($$"""{"type":"heartbeat","service_id":"{{id}}","ttl":{{ttl}}}""");
            await ReadAsync(client, "heartbeat_ack");

            Assert.True(rig.Registry.TryGet(id, out var view));
            Assert.Equal(rig.Clock.GetUtcNow().AddSeconds(600), view.Lease.ExpiresAt);
        }
    }

    [Fact]
    public async Task One_frame_renews_many_and_names_those_that_nobody_has()
    {
        await using var rig = new LiveRig();
        var (a, b) = (rig.Add("a", ttl: 10).Id, rig.Add("b", ttl: 10).Id);
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();

        var answer = await client.AskAsync($$"""{"type":"heartbeats","ids":["{{a}}","nobody","{{b}}"],"ttl":600}""");

        Assert.Equal("""{"type":"heartbeats_ack","renewed":2,"unknown":["nobody"]}""", answer.ToJsonString());
        Assert.All((ServiceId[])[a, b], id =>
        {
            Assert.True(rig.Registry.TryGet(id, out var view));
            Assert.Equal(rig.Clock.GetUtcNow().AddSeconds(600), view.Lease.ExpiresAt);
        });
    }

    [Theory]
    [InlineData("""{"type":"heartbeats"}""", "ids: ")]
    [InlineData("""{"type":"heartbeats","ids":"x"}""", "ids: ")]
    [InlineData("""{"type":"heartbeats","ids":[1]}""", "ids: ")]
    [InlineData("""{"type":"heartbeats","ids":[],"ttl":9}""", "ttl: ")]
    public async Task A_frame_of_heartbeats_with_a_mistake_is_refused_as_a_whole(string frame, string detail)
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        var answer = await client.AskAsync(frame);

        Assert.Equal(("error", "invalid"), (answer["type"]!.GetValue<string>(), answer["code"]!.GetValue<string>()));
        Assert.StartsWith(detail, answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heartbeat_brings_an_expired_service_back()
    {
        await using var rig = new LiveRig();
        var id = rig.Add("sensor", ttl: 10).Id;
        rig.Pass(TimeSpan.FromSeconds(11));
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();

        await client.SendAsync($$"""{"type":"heartbeat","service_id":"{{id}}"}""");
        var types = (await client.ReceiveAsync(2)).Select(message => message["type"]!.GetValue<string>());

        Assert.Equal(["heartbeat_ack", "service_registered"], types.Order());
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("42")]
    [InlineData("Grüße 👋")]
    public async Task Plain_text_comes_back_as_it_did(string text)
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        var answer = await client.AskAsync(text);

        Assert.Equal("echo", answer["type"]!.GetValue<string>());
        Assert.Equal($"Echo: {text}", answer["message"]!.GetValue<string>());
        Assert.Equal("pong", (await client.AskAsync("""{"type":"ping"}"""))["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_frame_may_come_in_pieces()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var command = Encoding.UTF8.GetBytes("""{"type":"ping"}""");

        for (var i = 0; i < command.Length; i++)
        {
            await client.SendAsync([command[i]], WebSocketMessageType.Text, endOfMessage: i == command.Length - 1);
        }

        Assert.Equal("pong", (await client.ReceiveAsync())["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(LiveLimits.UsualFrame)]
    [InlineData(LiveLimits.UsualFrame + 1)]
    [InlineData(LiveLimits.MaxFrame)]
    public async Task A_frame_up_to_the_bound_is_answered(int length)
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var text = new string('x', length);

        Assert.Equal($"Echo: {text}", (await client.AskAsync(text))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_larger_frame_closes_with_1009()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        var sending = client.SendAsync(new string('x', LiveLimits.MaxFrame + 1));

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await client.ReadUntilClosedAsync());
        await sending;
    }

    [Fact]
    public async Task A_binary_frame_closes_with_1003()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        await client.SendAsync([1, 2, 3], WebSocketMessageType.Binary, endOfMessage: true);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await client.ReadUntilClosedAsync());
    }

    [Fact]
    public async Task A_client_that_sends_without_end_is_told_and_closed_with_1008()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        for (var i = 0; i < LiveLimits.FrameBurst; i++)
        {
            Assert.Equal("echo", (await client.AskAsync("x"))["type"]!.GetValue<string>());
        }

        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < LiveLimits.FramesPerSecond; i++)
        {
            Assert.Equal("echo", (await client.AskAsync("x"))["type"]!.GetValue<string>());
        }

        var error = await client.AskAsync("x");
        Assert.Equal("too_many_frames", error["code"]!.GetValue<string>());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ReadUntilClosedAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_gets_its_own_status_back_and_is_forgotten()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        await client.Socket.CloseAsync((WebSocketCloseStatus)4000, "done", TestContext.Current.CancellationToken);
        await rig.Sessions[0];

        Assert.Equal((WebSocketCloseStatus)4000, client.Socket.CloseStatus);
    }

    [Fact]
    public async Task A_client_that_vanishes_ends_its_session()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        client.Socket.Abort();

        await rig.Sessions[0].WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_closes_with_1001_whoever_listens_and_waits_for_nobody_long()
    {
        await using var rig = new LiveRig();
        var listener = await rig.ConnectAsync();
        rig.Connect();

        rig.Stop();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await listener.ReadUntilClosedAsync());

        // The second one reads nothing, so that no closing frame gets through to it.
        rig.Clock.Advance(rig.Timings.CloseLimit);
        await rig.PassUntilEndedAsync(rig.Sessions[1]);
    }

    private static async Task<JsonObject> ReadAsync(LiveClient client, string type)
    {
        while (true)
        {
            var message = await client.ReceiveAsync();
            if (message["type"]!.GetValue<string>() == type)
            {
                return message;
            }
        }
    }
}
