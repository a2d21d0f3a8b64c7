using Beacon.Aot.Tests.Api;
using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Aot.Tests.Health;

public sealed class HealthApiTests
{
    private const string Prefix = "/api/v1";

    [Fact]
    public async Task A_conversation_about_health()
    {
        await using var rig = await HealthRig.StartAsync();
        var id = await rig.AddAsync("nas");

        // Services of one instant are listed by their ids, which are drawn.
        rig.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var bare = await rig.Api.AddAsync("bare", ",\"type\":\"mqtt\"");
        for (var i = 0; i < 3; i++)
        {
            rig.Check(id, 10 + i, rig.Clock.GetUtcNow().AddDays(20));
            await rig.PassAsync();
        }

        for (var i = 0; i < 4; i++)
        {
            rig.Fail(id);
            await rig.PassAsync();
        }

        var snapshot = new Snapshot("health-history");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/services/{id}/health?window=1h");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/health/summary");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/incidents");
        rig.Check(id, 12);
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/incidents/?open=false&service_id={id}&since=2026-11-23T00:00:00Z&limit=1");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/incidents?open=true");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/services/{bare}/health/");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/services/{Guid.Empty}/health");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/services/{id}/health?window=2h");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/incidents?open=x&service_id=x&since=yesterday&limit=0&skip=-1");
        await snapshot.SendAsync(rig.Api, "POST", $"{Prefix}/services/{id}/health", "{}");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/services/discover?type=mqtt");
        await snapshot.SendAsync(rig.Api, "POST", $"{Prefix}/services/discover", "{}");
        rig.Api.Traffic.Count(Features.Statistics.TrafficKind.Heartbeat, 3);
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/stats?window=1h");
        await snapshot.SendAsync(rig.Api, "GET", $"{Prefix}/stats?window=1y");

        snapshot.Check();
    }

    [Fact]
    public async Task Incidents_come_in_pages_newest_first_with_a_true_total()
    {
        await using var rig = await HealthRig.StartAsync();
        for (var i = 0; i < 7; i++)
        {
            var id = await AddAsync(rig, i);
            rig.Fail(id, $"error {i}");
            rig.Fail(id, $"error {i}");
            rig.Fail(id, $"error {i}");
            await rig.PassAsync();
        }

        var page = (await rig.Api.GetAsync($"{Prefix}/incidents?limit=3&skip=3")).Json;

        Assert.Equal((7, 2, 3), (page["total"]!.GetValue<int>(), page["page"]!.GetValue<int>(), page["page_size"]!.GetValue<int>()));
        Assert.Equal(["error 3", "error 2", "error 1"], page["incidents"]!.AsArray().Select(x => x!["cause"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_history_that_cannot_be_read_is_503_and_not_empty()
    {
        var store = new BrokenHealthStore();
        await using var rig = await HealthRig.StartAsync(store);
        var id = await rig.AddAsync("nas");

        foreach (var path in (string[])[$"/services/{id}/health", "/incidents", "/stats"])
        {
            var reply = await rig.Api.GetAsync(Prefix + path);
            Assert.Equal((503, "5"), (reply.Status, reply.Header("Retry-After")));
        }

        Assert.Equal(200, (await rig.Api.GetAsync($"{Prefix}/health/summary")).Status);
    }

    [Fact]
    public async Task A_history_that_did_not_change_is_304()
    {
        await using var rig = await HealthRig.StartAsync();
        var id = await rig.AddAsync("nas");
        rig.Check(id);
        var first = await rig.Api.GetAsync($"{Prefix}/services/{id}/health");

        Assert.Equal(304, (await rig.Api.SendAsync("GET", $"{Prefix}/services/{id}/health", headers: ("If-None-Match", first.Header("ETag")!))).Status);
    }

    private static async Task<ServiceId> AddAsync(HealthRig rig, int number)
    {
        var reply = await rig.Api.RegisterAsync(
            $$"""{"name":"s{{number}}","host":"h","port":{{80 + number}},"health_check_url":"http://h/","ttl":86400}""");
        Assert.True(ServiceId.TryParse(reply.Text("service_id"), out var id));
        return id;
    }

    private sealed class BrokenHealthStore : IHealthHistoryStore
    {
        public Task<HealthContents> LoadAsync(CancellationToken cancellationToken) => throw new IOException("the disk is gone");

        public Task WriteAsync(HealthWrite write, CancellationToken cancellationToken) => throw new IOException("the disk is gone");

        public Task<IReadOnlyList<Chunk>> ReadAsync(IReadOnlyList<ChunkKey> keys, CancellationToken cancellationToken) => throw new IOException("the disk is gone");

        public Task<IReadOnlyList<ChunkKey>> ListAsync(SeriesKind kind, long from, long to, ChunkKey after, int limit, CancellationToken cancellationToken) =>
            throw new IOException("the disk is gone");

        public Task<IncidentPage> ReadIncidentsAsync(IncidentQuery query, CancellationToken cancellationToken) => throw new IOException("the disk is gone");

        public Task<IReadOnlyList<Incident>> ReadIncidentChangesAsync(long after, int limit, CancellationToken cancellationToken) =>
            throw new IOException("the disk is gone");
    }
}
