using System.Text.Json.Nodes;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

public sealed class SubscriptionTests
{
    [Theory]
    [InlineData("""{"type":"mqtt"}""", "broker,sensor")]
    [InlineData("""{"types":["mqtt","http"]}""", "broker,sensor,page")]
    [InlineData("""{"tags":["hall"]}""", "sensor,page")]
    [InlineData("""{"tag":"kitchen","type":"mqtt"}""", "broker")]
    [InlineData("""{}""", "broker,sensor,page,printer")]
    [InlineData("null", "broker,sensor,page,printer")]
    public async Task A_subscription_narrows_what_is_told(string filter, string names)
    {
        await using var rig = new LiveRig();
        await rig.PrepareMarkAsync();
        var client = await rig.ConnectAsync();
        Assert.Equal("subscribed", Type(await client.AskAsync($$"""{"type":"subscribe","filter":{{filter}}}""")));

        rig.Add("broker", "mqtt", 60, "kitchen");
        rig.Add("sensor", "mqtt", 60, "hall");
        rig.Add("page", "http", 60, "hall", "kitchen-2");
        rig.Add("printer", "ipp", 60);
        rig.Mark();

        var told = (await client.ReceiveUpToAsync(rig.Newest)).SkipLast(1);
        Assert.Equal(names.Split(','), told.Select(message => message["data"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Ids_can_be_named_and_their_heartbeats_and_ends_are_told_too()
    {
        await using var rig = new LiveRig();
        var lamp = rig.Add("lamp").Id;
        var radio = rig.Add("radio").Id;
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();
        await client.AskAsync($$$"""{"type":"subscribe","filter":{"service_id":"{{{lamp}}}"}}""");

        rig.Registry.Renew(radio, 100, out _);
        rig.Registry.Renew(lamp, null, out _);
        rig.Registry.Advance();
        rig.Pass(TimeSpan.FromSeconds(101));
        rig.Mark();

        var told = await client.ReceiveUpToAsync(rig.Newest);
        Assert.Equal(["service_heartbeat", "service_expired", "service_deregistered", "services_cleanup"], told.Select(Type));
        Assert.All(told.SkipLast(1), message => Assert.Equal(lamp.ToString(), message["data"]!["service_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_service_that_leaves_the_filter_is_gone_for_this_client_and_changed_for_the_others()
    {
        await using var rig = new LiveRig();
        await rig.PrepareMarkAsync();
        var everything = await rig.ConnectAsync();
        var narrow = await rig.ConnectAsync();
        await narrow.AskAsync("""{"type":"subscribe","filter":{"tags":["hall"]}}""");
        var id = rig.Add("lamp", tags: "hall").Id;
        await narrow.ReceiveAsync();
        await everything.ReceiveAsync();

        rig.Registry.Update(id, new ServicePatch { Tags = ["attic"] });
        var gone = await narrow.ReceiveAsync();
        Assert.Equal("service_updated", Type(await everything.ReceiveAsync()));
        Assert.Equal("service_deregistered", Type(gone));
        Assert.Equal("filter", gone["data"]!["reason"]!.GetValue<string>());
        Assert.Equal(id.ToString(), gone["data"]!["service_id"]!.GetValue<string>());
        Assert.Equal(rig.Newest, gone["seq"]!.GetValue<long>());

        // By registering again it can leave and come back as well.
        rig.Registry.Register(new Registration { Name = "lamp", Host = "192.168.1.50", Port = 8080, Tags = ["hall"] });
        Assert.Equal("service_updated", Type(await narrow.ReceiveAsync()));
        rig.Registry.Register(new Registration { Name = "lamp", Host = "192.168.1.50", Port = 8080, Tags = ["attic"] });
        Assert.Equal("service_deregistered", Type(await narrow.ReceiveAsync()));

        // Now it is none of this client's business.
        rig.Registry.Renew(id, null, out _);
        rig.Registry.Advance();
        rig.Registry.Deregister(id);
        rig.Mark();
        Assert.Equal("services_cleanup", Type(await narrow.ReceiveAsync()));
    }

    [Fact]
    public async Task Nothing_of_the_old_filter_follows_the_answer_to_a_subscription()
    {
        await using var rig = new LiveRig();
        var client = rig.Connect();
        for (var i = 0; i < 100; i++)
        {
            rig.Add($"page-{i}");
        }

        await rig.SettleAsync();

        // The hundred are queued, the greeting is not even read.
        await client.SendAsync("""{"type":"subscribe","filter":{"type":"mqtt"}}""");
        while (Type(await client.ReceiveAsync()) != "subscribed")
        {
        }

        rig.Add("broker", "mqtt");
        Assert.Equal("broker", (await client.ReceiveAsync())["data"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Messages_that_concern_no_single_service_reach_everybody()
    {
        await using var rig = new LiveRig();
        rig.Add("lamp");
        rig.Pass(TimeSpan.FromSeconds(61));
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();
        await client.AskAsync("""{"type":"subscribe","filter":{"type":"mqtt"}}""");

        rig.Registry.CleanUp(TimeSpan.Zero, out _);

        Assert.Equal("services_cleanup", Type(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task A_filter_is_bounded()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var words = string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"{i}\""));

        var error = await client.AskAsync($$$"""{"type":"subscribe","filter":{"tags":[{{{words}}}]}}""");

        Assert.Equal("error", Type(error));
        Assert.Contains("at most 100", error["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static string Type(JsonObject message) => message["type"]!.GetValue<string>();
}
