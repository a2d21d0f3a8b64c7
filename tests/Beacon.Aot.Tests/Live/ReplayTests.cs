using System.Text.Json.Nodes;
using Beacon.Aot.Live;

namespace Beacon.Aot.Tests.Live;

public sealed class ReplayTests
{
    [Fact]
    public async Task A_client_that_comes_back_is_sent_exactly_what_it_missed()
    {
        await using var rig = new LiveRig();
        using var watcher = await rig.ConnectAsync();
        var before = await SequencesAsync(rig, watcher, 5);

        var missed = await SequencesAsync(rig, watcher, 20);
        var client = rig.Connect(since: before[^1]);
        var greeting = await client.ReceiveAsync();
        rig.Add("after");

        Assert.Equal(before[^1], greeting["seq"]!.GetValue<long>());
        Assert.Equal([.. missed, rig.Newest], (await client.ReceiveUpToAsync(rig.Newest)).Select(Sequence));
    }

    [Fact]
    public async Task A_client_that_missed_nothing_is_sent_nothing()
    {
        await using var rig = new LiveRig();
        using var watcher = await rig.ConnectAsync();
        var seen = await SequencesAsync(rig, watcher, 3);

        var client = await rig.ConnectAsync(since: seen[^1]);
        rig.Add("next");

        Assert.Equal(rig.Newest, Sequence(await client.ReceiveAsync()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LiveRig.Origin - 1)]
    [InlineData(LiveRig.Origin + 1_000)]
    [InlineData(long.MaxValue)]
    public async Task A_number_of_another_run_is_answered_with_the_order_to_read_afresh(long since)
    {
        await using var rig = new LiveRig();
        using var watcher = await rig.ConnectAsync();
        await SequencesAsync(rig, watcher, 3);

        var client = await rig.ConnectAsync(since);
        var resync = await client.ReceiveAsync();
        rig.Add("next");

        Assert.Equal("resync", resync["type"]!.GetValue<string>());
        Assert.Equal("replay_gap", resync["reason"]!.GetValue<string>());
        Assert.Equal(rig.Newest - 1, Sequence(resync));
        Assert.Equal(rig.Newest, Sequence(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task Two_runs_do_not_share_sequences()
    {
        var origins = Enumerable.Range(0, 1000).Select(_ => LiveRun.New().Origin).ToHashSet();

        Assert.True(origins.Count > 990);
        Assert.All(origins, origin => Assert.InRange(origin, 1_000_000, 1L << 53));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_gap_longer_than_the_ring_is_not_papered_over()
    {
        await using var rig = new LiveRig();
        using var watcher = await rig.ConnectAsync();
        var first = (await SequencesAsync(rig, watcher, 1))[0];
        var id = rig.Add("lamp").Id;
        await watcher.ReceiveAsync();
        for (var i = 0; i < LiveLimits.ReplayMessages; i++)
        {
            rig.Registry.Renew(id, null, out _);
            rig.Registry.Advance();
            await watcher.ReceiveAsync();
        }

        var tooLate = await rig.ConnectAsync(since: first);
        var inTime = await rig.ConnectAsync(since: first + 1);

        Assert.Equal("resync", (await tooLate.ReceiveAsync())["type"]!.GetValue<string>());
        Assert.Equal(first + 2, Sequence(await inTime.ReceiveAsync()));
    }

    [Fact]
    public void The_ring_is_bounded_in_bytes_too()
    {
        var ring = new ReplayRing();
        var large = new byte[LiveLimits.ReplayBytes / 4];
        for (var sequence = 1; sequence <= 10; sequence++)
        {
            ring.Add(new LiveFrame(sequence, large, default));
        }

        List<LiveFrame> frames = [];
        Assert.Equal(6, ring.Forgotten);
        Assert.False(ring.TryReplay(5, frames));
        Assert.True(ring.TryReplay(6, frames));
        Assert.Equal([7L, 8, 9, 10], frames.Select(frame => frame.Sequence));
    }

    [Fact]
    public async Task Nothing_is_kept_when_nobody_was_connected_for_long()
    {
        await using var rig = new LiveRig();
        var leaver = await rig.ConnectAsync();
        var seen = await SequencesAsync(rig, leaver, 1);
        await leaver.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await rig.Sessions[0];

        rig.Add("kept");
        await rig.SettleAsync();
        var soon = await rig.ConnectAsync(seen[0]);
        Assert.Equal("service_registered", (await soon.ReceiveAsync())["type"]!.GetValue<string>());
        await soon.Socket.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await rig.Sessions[1];

        rig.Clock.Advance(rig.Timings.ReplayIdle);
        rig.Add("not-kept");
        await rig.SettleAsync();
        var late = await rig.ConnectAsync(seen[0] + 1);
        Assert.Equal("resync", (await late.ReceiveAsync())["type"]!.GetValue<string>());
    }

    private static async Task<List<long>> SequencesAsync(LiveRig rig, LiveClient watcher, int count)
    {
        for (var i = 0; i < count; i++)
        {
            rig.Add($"service-{rig.Newest}");
        }

        return [.. (await watcher.ReceiveAsync(count)).Select(Sequence)];
    }

    private static long Sequence(JsonObject message) => message["seq"]!.GetValue<long>();
}
