using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary><c>GET /api/v1/mdns</c> of the published binary, beside avahi and with a name that another host has already.</summary>
[Collection(LabCollection.Name)]
public sealed class StatusTests(LabNetwork lab) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_shows_the_interface_the_names_the_neighbour_on_the_port_and_the_conflict()
    {
        using var there = await AvahiDaemon.StartAsync(lab.B);
        using var published = lab.B.Start("avahi-publish-service", "Twice", "_twin._tcp", "1");
        using var beside = await AvahiDaemon.StartAsync(lab.A);
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        await WaitAsync(() => Task.FromResult(published.Errors.Contains("Established", StringComparison.Ordinal)));
        var service = await beacon.SendAsync(
            lab.B, "POST", "/services/register", $$"""{"name":"Twice","host":"{{LabNetwork.AddressC}}","port":80,"mdns_service_type":"_twin._tcp"}""");

        JsonElement answer = default;
        await WaitAsync(async () =>
        {
            answer = await beacon.SendAsync(lab.B, "GET", "/mdns");
            return answer.GetProperty("interfaces")[0].GetProperty("state").GetString() == "announced" && answer.GetProperty("conflicts").GetInt32() > 0;
        });

        Assert.Equal("running", answer.GetProperty("state").GetString());
        Assert.Equal("beacon.local", answer.GetProperty("host_name").GetString());
        Assert.True(answer.GetProperty("port_shared").GetBoolean());
        var link = answer.GetProperty("interfaces")[0];
        Assert.Equal("eth0", link.GetProperty("name").GetString());
        Assert.Contains($"{lab.A.Address}/24", link.GetProperty("addresses").EnumerateArray().Select(x => x.GetString()));
        Assert.True(link.GetProperty("packets").GetProperty("received").GetInt64() > 0);
        Assert.True(link.GetProperty("packets").GetProperty("sent").GetInt64() > 0);

        var conflict = answer.GetProperty("last_conflict");
        Assert.Equal("Twice._twin._tcp.local", conflict.GetProperty("name").GetString());
        Assert.Equal("left_to_the_other", conflict.GetProperty("outcome").GetString());
        var renamed = Assert.Single(answer.GetProperty("names").EnumerateArray(), x => x.GetProperty("name").GetString() == "Twice (2)._twin._tcp.local");
        Assert.Equal("Twice", renamed.GetProperty("renamed_from").GetString());
        Assert.Equal(service.GetProperty("service_id").GetString(), renamed.GetProperty("service_id").GetString());
        Assert.Equal("announced", renamed.GetProperty("interfaces").GetProperty("eth0").GetString());
    }

    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        for (var waited = TimeSpan.Zero; !await done(); waited += TimeSpan.FromMilliseconds(100))
        {
            Assert.True(waited < Limit, "it did not come to that");
            await Task.Delay(100);
        }
    }
}
