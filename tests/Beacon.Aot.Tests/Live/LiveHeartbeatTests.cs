using System.Text;
using Beacon.Aot.Live;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

public sealed class LiveHeartbeatTests
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    [Theory]
    [InlineData("""{"type":"heartbeat","service_id":"ID"}""", null)]
    [InlineData("""{"type": "heartbeat", "service_id": "ID"}""", null)]
    [InlineData("""{"service_id":"ID","type":"heartbeat"}""", null)]
    [InlineData("{\r\n\t\"type\" : \"heartbeat\" ,\n \"service_id\" : \"ID\" }\n", null)]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":120}""", 120)]
    [InlineData("""{"ttl": 86400, "type":"heartbeat","service_id":"ID"}""", 86400)]
    public void A_heartbeat_as_clients_write_it_is_read_the_short_way(string frame, int? ttl)
    {
        Assert.True(LiveHeartbeat.TryRead(Bytes(frame), out var id, out var read));
        Assert.Equal(Guid.Parse(Id), id.Value);
        Assert.Equal(ttl, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("ping")]
    [InlineData("""{"type":"heartbeat"}""")]
    [InlineData("""{"service_id":"ID"}""")]
    [InlineData("""{"type":"heartbeats","service_id":"ID"}""")]
    [InlineData("""{"type":"heartbeat","service_id":"0f8fad5b"}""")]
    [InlineData("""{"type":"heartbeat","service_id":"IDx"}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","service_id":"ID"}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","note":1}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID",}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID"} x""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":9}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":86401}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":99999999999}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":012}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":-60}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":60.5}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":6e1}""")]
    [InlineData("""{"type":"heartbeat","service_id":"ID","ttl":null}""")]
    [InlineData("""["type":"heartbeat","service_id":"ID"]""")]
    public void Whatever_is_written_otherwise_is_left_to_the_reader_of_all_json(string frame) =>
        Assert.False(LiveHeartbeat.TryRead(Bytes(frame), out _, out _));

    [Fact]
    public void Cut_anywhere_it_is_no_heartbeat()
    {
        var whole = Bytes("""{"type":"heartbeat","service_id":"ID","ttl":120}""");
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(LiveHeartbeat.TryRead(whole.AsSpan(0, length), out _, out _), $"{length} bytes");
        }
    }

    [Fact]
    public async Task Both_ways_answer_with_the_same_bytes_and_renew_for_the_same_time()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var service = rig.Add("lamp");
        await client.ReceiveAsync();

        // An unknown member is one of the things that the short way leaves to the other.
        var shortWay = await client.AskAsync($$"""{"type":"heartbeat","service_id":"{{service.Id}}","ttl":120}""");
        var longWay = await client.AskAsync($$"""{"type":"heartbeat","service_id":"{{service.Id}}","ttl":120,"note":1}""");

        Assert.Equal("heartbeat_ack", shortWay["type"]!.GetValue<string>());
        Assert.Equal(longWay.ToJsonString(), shortWay.ToJsonString());
    }

    [Fact]
    public async Task Heartbeats_of_known_services_are_not_counted_as_frames_and_those_of_unknown_ones_are()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var known = $$"""{"type":"heartbeat","service_id":"{{rig.Add("lamp").Id}}"}""";
        await client.ReceiveAsync();
        var unknown = $$"""{"type":"heartbeat","service_id":"{{ServiceId.New()}}"}""";
        for (var i = 0; i < 2 * LiveLimits.FrameBurst; i++)
        {
            Assert.Equal("heartbeat_ack", (await client.AskAsync(known))["type"]!.GetValue<string>());
        }

        for (var i = 0; i < LiveLimits.FrameBurst; i++)
        {
            Assert.Equal("service_not_found", (await client.AskAsync(unknown))["code"]!.GetValue<string>());
        }

        Assert.Equal("too_many_frames", (await client.AskAsync(unknown))["code"]!.GetValue<string>());
    }

    private static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame.Replace("ID", Id, StringComparison.Ordinal));
}
