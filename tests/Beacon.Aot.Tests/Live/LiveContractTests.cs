using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Live;

/// <summary>Every message, word for word.</summary>
public sealed class LiveContractTests
{
    [Fact]
    public async Task Every_event_has_its_message()
    {
        await using var rig = new LiveRig();
        var snapshot = new LiveSnapshot("live-events");
        var client = rig.Connect();
        snapshot.Note("a client connects");
        await snapshot.ReceiveAsync(client);

        snapshot.Note("a service registers");
        var service = rig.Registry.Register(new Registration
        {
            Name = "küche",
            Type = "mqtt",
            Host = "192.168.1.50",
            Port = 1883,
            Tags = ["kitchen"],
            Metadata = [new("room", "kitchen")],
            TtlSeconds = 60,
        }).Service;
        await snapshot.ReceiveAsync(client);

        snapshot.Note("it registers again");
        rig.Registry.Register(new Registration { Name = "küche", Host = "192.168.1.50", Port = 1883 });
        await snapshot.ReceiveAsync(client);

        snapshot.Note("it is changed");
        rig.Registry.Update(service.Id, new ServicePatch { Tags = ["kitchen", "ground-floor"] });
        await snapshot.ReceiveAsync(client);

        snapshot.Note("it beats");
        rig.Clock.Advance(TimeSpan.FromMilliseconds(12_345));
        rig.Registry.Renew(service.Id, null, out _);
        rig.Registry.Advance();
        await snapshot.ReceiveAsync(client);

        snapshot.Note("its lease ends");
        rig.Pass(TimeSpan.FromSeconds(61));
        await snapshot.ReceiveAsync(client, 2);

        snapshot.Note("it beats again");
        rig.Registry.Renew(service.Id, null, out _);
        rig.Registry.Advance();
        await snapshot.ReceiveAsync(client, 2);

        snapshot.Note("its lease ends again and it is cleaned up");
        rig.Pass(TimeSpan.FromSeconds(61));
        await snapshot.ReceiveAsync(client, 2);
        rig.Registry.CleanUp(TimeSpan.Zero, out _);
        await snapshot.ReceiveAsync(client);

        snapshot.Note("one with a check turns out to be well, and then not to be");
        var wiki = rig.Registry.Register(new Registration
        {
            Name = "wiki",
            Host = "192.168.1.60",
            Port = 80,
            HealthCheck = new HealthCheckPatch(true, "http://192.168.1.60/health", null, null, 1, null, null),
        }).Service;
        rig.Registry.ReportHealth(wiki.Instance, new CheckResult(CheckOutcome.Healthy, rig.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(12.34), 200));
        rig.Registry.ReportHealth(wiki.Instance, new CheckResult(CheckOutcome.Error, rig.Clock.GetUtcNow(), Error: "refused the connection"));
        await snapshot.ReceiveAsync(client, 3);

        snapshot.Note("another one registers and is deregistered");
        rig.Registry.Deregister(rig.Add("lamp").Id);
        await snapshot.ReceiveAsync(client, 2);
        snapshot.Check();
    }

    [Fact]
    public async Task Every_command_has_its_answer()
    {
        await using var rig = new LiveRig();
        var snapshot = new LiveSnapshot("live-answers");
        var id = rig.Add("lamp").Id;
        await rig.SettleAsync();
        var client = rig.Connect();
        await snapshot.ReceiveAsync(client);

        await snapshot.AskAsync(client, $$"""{"type":"heartbeat","service_id":"{{id}}"}""");
        await snapshot.AskAsync(client, $$"""{"type":"heartbeat","service_id":"{{id}}","ttl":120}""");
        await snapshot.AskAsync(client, """{"type":"subscribe","filter":{"type":"mqtt","tags":["kitchen","hall"]}}""");
        await snapshot.AskAsync(client, $$$"""{"type":"subscribe","filter":{"ids":["{{{id}}}"]}}""");
        await snapshot.AskAsync(client, """{"type":"subscribe"}""");
        await snapshot.AskAsync(client, """{"type":"ping"}""");
        await snapshot.AskAsync(client, "ping");
        snapshot.Check();
    }

    [Fact]
    public async Task Every_wrong_frame_has_its_error()
    {
        await using var rig = new LiveRig();
        var snapshot = new LiveSnapshot("live-errors");
        var id = rig.Add("lamp").Id;
        await rig.SettleAsync();
        var client = await rig.ConnectAsync();

        foreach (var frame in new[]
        {
            """{"type":"heartbeat"}""",
            """{"type":"heartbeat","service_id":7}""",
            """{"type":"heartbeat","service_id":"nonsense"}""",
            $$"""{"type":"heartbeat","service_id":"{{Guid.Empty}}"}""",
            $$"""{"type":"heartbeat","service_id":"{{id}}","ttl":9}""",
            $$"""{"type":"heartbeat","service_id":"{{id}}","ttl":86401}""",
            $$"""{"type":"heartbeat","service_id":"{{id}}","ttl":"soon"}""",
            $$"""{"type":"heartbeat","service_id":"{{id}}","ttl":60.5}""",
            """{"type":"subscribe","filter":"mqtt"}""",
            """{"type":"subscribe","filter":{"name":"x"}}""",
            """{"type":"subscribe","filter":{"tags":{}}}""",
            """{"type":"subscribe","filter":{"ids":["lamp"]}}""",
            """{"type":"register","name":"x"}""",
            """{"type":7}""",
            "{}",
            "[]",
            """{"type":"heartbeat",""",
            """{"type":"\ud800"}""",
        })
        {
            await snapshot.AskAsync(client, frame);
        }

        snapshot.Check();
    }
}
