using Beacon.Aot.Live;

namespace Beacon.Aot.Tests.Live;

public sealed class LiveTimingsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(49, 0)]
    [InlineData(50, 1)]
    [InlineData(1000, 20)]
    [InlineData(10_000, 200)]
    [InlineData(100_000, 200)]
    public void The_more_clients_there_are_the_longer_the_hub_rests_up_to_a_limit(int clients, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new LiveTimings().RestAfterTelling(clients));

    [Fact]
    public async Task What_happens_while_the_hub_rests_goes_out_when_it_has_rested()
    {
        await using var rig = new LiveRig(new LiveTimings { StallLimit = TimeSpan.FromDays(1), RestPerClient = TimeSpan.FromMilliseconds(50) });
        var client = await rig.ConnectAsync();
        Assert.True(rig.Hub.TryReserve());
        var armed = rig.Clock.Armed;
        rig.Add("first");
        Assert.Equal("service_registered", (await client.ReceiveAsync())["type"]!.GetValue<string>());
        await rig.UntilAsync(() => rig.Clock.Armed > armed);

        rig.Add("second");
        rig.Add("third");
        var next = client.ReceiveAsync();
        rig.Clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal(LiveRig.Origin + 1, rig.Hub.Newest);
        Assert.False(next.IsCompleted);

        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(LiveRig.Origin + 2, (await next)["seq"]!.GetValue<long>());
        Assert.Equal(LiveRig.Origin + 3, (await client.ReceiveAsync())["seq"]!.GetValue<long>());
    }
}
