using Beacon.Testing;

namespace Beacon.Aot.Tests.Api;

/// <summary>What the API shows of a lease's life, in virtual time.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    private const string Services = "/api/v1/services";

    private readonly TestClock _clock = new();
    private ApiHarness _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHarness.StartAsync(time: _clock);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task B7_an_expired_service_stays_readable_and_reading_it_removes_nothing()
    {
        var id = await _api.AddAsync("sensor", ""","ttl":10,"tags":["t"]""");
        Pass(TimeSpan.FromSeconds(11));

        var one = await _api.GetAsync($"{Services}/{id}");

        Assert.Equal(200, one.Status);
        Assert.Equal("expired", one.Text("status"));
        Assert.Equal(200, (await _api.GetAsync($"{Services}/{id}")).Status);
        Assert.Equal(0, await TotalAsync(Services));
        Assert.Equal("[]", (await _api.GetAsync(Services + "/tags")).Body);
        Assert.Equal("[]", (await _api.GetAsync(Services + "/types")).Body);
    }

    [Fact]
    public async Task B23_expired_services_can_be_asked_for()
    {
        await _api.AddAsync("sensor", ""","ttl":10""");
        await _api.AddAsync("other", ""","ttl":600""");
        Pass(TimeSpan.FromSeconds(11));

        Assert.Equal(1, await TotalAsync(Services + "?status=expired"));
        Assert.Equal(1, await TotalAsync(Services + "/discover?status=expired"));
        Assert.Equal(1, await TotalAsync(Services + "/expired"));
        Assert.Equal(1, await TotalAsync(Services + "?status=active"));
    }

    [Fact]
    public async Task A_heartbeat_revives_an_expired_service_and_so_does_registering_again()
    {
        var first = await _api.AddAsync("first", ""","ttl":10""");
        var second = await _api.AddAsync("second", ""","ttl":10""");
        Pass(TimeSpan.FromSeconds(11));

        var beat = await _api.SendAsync("PUT", $"{Services}/{first}/heartbeat");
        var again = await _api.AddAsync("second");

        Assert.Equal("active", beat.Text("status"));
        Assert.Equal(second, again);
        Assert.Equal(2, await TotalAsync(Services));
    }

    [Fact]
    public async Task A_heartbeats_own_ttl_counts_once_and_is_not_stored()
    {
        var id = await _api.AddAsync("sensor", ""","ttl":10""");

        var longer = await _api.SendAsync("PUT", $"{Services}/{id}/heartbeat?ttl=600");
        var usual = await _api.SendAsync("PUT", $"{Services}/{id}/heartbeat");

        Assert.Equal(_clock.GetUtcNow().AddSeconds(600), DateTimeOffset.Parse(longer.Text("expires_at")), TimeSpan.FromMilliseconds(1));
        Assert.Equal(_clock.GetUtcNow().AddSeconds(10), DateTimeOffset.Parse(usual.Text("expires_at")), TimeSpan.FromMilliseconds(1));
        Assert.Equal(10, (await _api.GetAsync($"{Services}/{id}")).Json["ttl"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_clean_up_on_request_removes_every_expired_service_and_nothing_else()
    {
        var gone = await _api.AddAsync("gone", ""","ttl":10""");
        await _api.AddAsync("stays", ""","ttl":600""");
        Pass(TimeSpan.FromSeconds(11));

        var cleanUp = await _api.SendAsync("DELETE", Services + "/cleanup");

        Assert.Equal(1, cleanUp.Json["removed_count"]!.GetValue<int>());
        Assert.Equal(404, (await _api.GetAsync($"{Services}/{gone}")).Status);
        Assert.Equal(0, (await _api.SendAsync("DELETE", Services + "/cleanup/")).Json["removed_count"]!.GetValue<int>());
        Assert.Equal(1, await TotalAsync(Services));
    }

    [Fact]
    public async Task A_heartbeat_changes_the_tag_of_answers_that_show_the_lease_and_of_no_others()
    {
        var id = await _api.AddAsync("sensor");
        var shown = new[] { Services, Services + "/discover", $"{Services}/{id}" };
        var notShown = new[] { Services + "/types", Services + "/tags", Services + "/expired" };
        var before = await TagsAsync([.. shown, .. notShown]);
        Assert.Equal(before, await TagsAsync([.. shown, .. notShown]));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _api.SendAsync("PUT", $"{Services}/{id}/heartbeat");
        var after = await TagsAsync([.. shown, .. notShown]);

        for (var i = 0; i < before.Count; i++)
        {
            Assert.Equal(i >= shown.Length, before[i] == after[i]);
        }
    }

    private void Pass(TimeSpan time)
    {
        _clock.Advance(time);
        _api.Registry.Advance();
    }

    private async Task<int> TotalAsync(string path) => (await _api.GetAsync(path)).Json["total"]!.GetValue<int>();

    private async Task<List<string>> TagsAsync(string[] paths)
    {
        var tags = new List<string>();
        foreach (var path in paths)
        {
            tags.Add((await _api.GetAsync(path)).Header("ETag")!);
        }

        return tags;
    }
}
