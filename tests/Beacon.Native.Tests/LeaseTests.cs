using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>Leases in real time, in the native binary: they end on time, and Beacon's own absence ends none.</summary>
public class LeaseTests(ITestOutputHelper output)
{
    private const int ShortestTtl = 10;

    /// <summary>What is promised for the end itself; the rest is for asking over HTTP on a busy machine.</summary>
    private static readonly TimeSpan LatestNotice = TimeSpan.FromMilliseconds(250 + 500);

    [Fact]
    public async Task A_lease_ends_on_time_and_one_that_ran_out_while_Beacon_was_dead_gets_its_grace()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        var first = await BeaconProcess.StartAsync(data.Path);
        await RegisterAsync(first.Client, "survivor", token);
        await first.KillAsync();
        await first.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(ShortestTtl + 1), token);

        await using var second = await BeaconProcess.StartAsync(data.Path);
        var survivor = (await second.Client.AllServicesAsync(token)).Single();
        Assert.Equal("survivor", survivor.Name);

        var end = await RegisterAsync(second.Client, "short", token);
        while ((await second.Client.AllServicesAsync(token)).Any(x => x.Name == "short"))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end + LatestNotice, "the lease has not ended in time");
            await Task.Delay(TimeSpan.FromMilliseconds(10), token);
        }

        var late = TimeProvider.System.GetUtcNow() - end;
        output.WriteLine($"gone from the list {late.TotalMilliseconds:F0} ms after the lease's end");
        Assert.True(late >= TimeSpan.Zero, $"ended {-late} early");

        // The grace of the other one was as long as its lease, counted from the restart, and has run out too.
        Assert.Empty(await second.Client.AllServicesAsync(token));
    }

    [Fact]
    public async Task Two_hundred_and_fifty_six_clients_at_once_all_get_their_own_service()
    {
        const int Clients = 256;
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);

        var ids = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => beacon.Client.RegisterAsync($"client-{i}", token)));

        Assert.Equal(Clients, ids.Distinct().Count());
        Assert.Equal(ids.Order(), (await beacon.Client.AllServicesAsync(token)).Select(x => x.Id).Order());
    }

    private static async Task<DateTimeOffset> RegisterAsync(HttpClient client, string name, CancellationToken token)
    {
        using var body = Api.Json($$"""{"name":"{{name}}","host":"192.0.2.7","port":80,"ttl":{{ShortestTtl}}}""");
        using var answer = await client.PostAsync(Api.Register, body, token);
        using var service = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(token));
        return service.RootElement.GetProperty("expires_at").GetDateTimeOffset();
    }
}
