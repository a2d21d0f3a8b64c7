using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Beacon.Aot.Live;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

public sealed class SlowClientTests
{
    private const int Step = LiveLimits.ClientQueue / 4;

    [Fact]
    public async Task A_client_that_does_not_read_costs_itself_its_oldest_messages_and_nobody_else_anything()
    {
        await using var rig = new LiveRig();
        var slow = rig.Connect();
        var fast = await rig.ConnectAsync();
        var id = rig.Add("lamp").Id;

        var told = await BeatAsync(rig, fast, id, 1_000);

        // All thousand, in order, while the other one stood still.
        Assert.Equal(Enumerable.Range(1, 1_001).Select(i => LiveRig.Origin + i), told.Select(Sequence));

        Assert.Equal("connection_established", Type(await slow.ReceiveAsync()));
        var resync = await slow.ReceiveAsync();
        Assert.Equal("resync", Type(resync));
        Assert.Equal("slow_client", resync["reason"]!.GetValue<string>());
        Assert.Equal(rig.Newest, Sequence(resync));
        var rest = await slow.ReceiveUpToAsync(rig.Newest);
        Assert.Equal(told.TakeLast(LiveLimits.ClientQueue).Select(Sequence), rest.Select(Sequence));
    }

    [Fact]
    public async Task A_client_that_stays_slow_is_asked_to_read_afresh_once_in_a_queues_length()
    {
        await using var rig = new LiveRig();
        var slow = rig.Connect();
        var fast = await rig.ConnectAsync();
        var id = rig.Add("lamp").Id;
        await BeatAsync(rig, fast, id, 1_000);
        await slow.ReceiveAsync(2);
        var asked = rig.Newest;

        // What is lost now is older than the list it was asked to read.
        await BeatAsync(rig, fast, id, LiveLimits.ClientQueue / 2);
        Assert.DoesNotContain("resync", (await slow.ReceiveUpToAsync(rig.Newest)).Select(Type));

        await BeatAsync(rig, fast, id, LiveLimits.ClientQueue * 2);
        var resyncs = (await slow.ReceiveUpToAsync(rig.Newest)).Where(message => Type(message) == "resync").ToList();
        Assert.Single(resyncs);
        Assert.True(Sequence(resyncs[0]) > asked);
    }

    [Fact]
    public async Task A_client_that_takes_no_message_for_ten_seconds_is_cut_off()
    {
        await using var rig = new LiveRig(new LiveTimings());
        rig.Connect();

        rig.Clock.Advance(rig.Timings.StallLimit);
        Assert.False(rig.Sessions[0].IsCompleted);
        await rig.PassUntilEndedAsync(rig.Sessions[0]);
    }

    [Fact]
    public async Task A_client_that_begins_a_frame_and_does_not_finish_it_is_cut_off()
    {
        await using var rig = new LiveRig(new LiveTimings());
        var client = await rig.ConnectAsync();

        await client.SendAsync(Encoding.UTF8.GetBytes("{"), WebSocketMessageType.Text, endOfMessage: false);

        // Time must pass after the server has seen the beginning.
        await rig.PassUntilEndedAsync(rig.Sessions[0]);
    }

    [Fact]
    public async Task When_events_come_faster_than_the_hub_can_tell_everybody_is_asked_to_read_afresh()
    {
        await using var rig = new LiveRig(running: false);
        var client = await rig.ConnectAsync();
        var id = rig.Add("lamp").Id;
        for (var i = 0; i < LiveLimits.HubQueue; i++)
        {
            rig.Registry.Update(id, new ServicePatch { Port = 1 + (i % 1000) });
        }

        using var ending = new CancellationTokenSource();
        var running = rig.Hub.RunAsync(ending.Token);
        var resync = await client.ReceiveAsync();
        while (Type(resync) != "resync")
        {
            resync = await client.ReceiveAsync();
        }

        var comeback = await rig.ConnectAsync(since: LiveRig.Origin);
        Assert.Equal("resync", Type(await comeback.ReceiveAsync()));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Lets the service beat, never faster than the reader reads; returns what it was told.</summary>
    private static async Task<List<JsonObject>> BeatAsync(LiveRig rig, LiveClient reader, ServiceId id, int count)
    {
        var told = new List<JsonObject>();
        for (var done = 0; done < count; done += Step)
        {
            for (var i = 0; i < Math.Min(Step, count - done); i++)
            {
                rig.Registry.Renew(id, null, out _);
                rig.Registry.Advance();
            }

            told.AddRange(await reader.ReceiveUpToAsync(rig.Newest));
            await rig.SettleAsync();
        }

        return told;
    }

    private static string Type(JsonObject message) => message["type"]!.GetValue<string>();

    private static long Sequence(JsonObject message) => message["seq"]!.GetValue<long>();
}
