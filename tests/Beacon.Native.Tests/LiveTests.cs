using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

public class LiveTests
{
    [Fact]
    public async Task A_registration_and_a_heartbeat_reach_a_connected_client()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var live = await LiveClient.ConnectAsync(beacon.Port, token);

        var id = await beacon.Client.RegisterAsync("lamp", token);
        using var registered = await live.ReceiveAsync(token);
        Assert.Equal("service_registered", registered.RootElement.GetProperty("type").GetString());
        Assert.Equal(id, registered.RootElement.GetProperty("data").GetProperty("service_id").GetString());

        await live.SendAsync($$"""{"type":"heartbeat","service_id":"{{id}}"}""", token);
        var types = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            using var message = await live.ReceiveAsync(token);
            types.Add(message.RootElement.GetProperty("type").GetString());
        }

        Assert.Equal(["heartbeat_ack", "service_heartbeat"], types.Order());
    }
}
