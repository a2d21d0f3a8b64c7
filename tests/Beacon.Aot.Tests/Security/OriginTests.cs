using Beacon.Aot.Tests.Api;

namespace Beacon.Aot.Tests.Security;

public sealed class OriginTests
{
    private const string Stranger = "https://evil.example.com";
    private const string Body = """{"name":"a","host":"10.0.0.1","port":80}""";
    private static readonly string Unknown = $"/api/v1/services/{Guid.Empty}";

    [Theory]
    [InlineData("POST", "/services/register")]
    [InlineData("PUT", "/services/00000000-0000-0000-0000-000000000000")]
    [InlineData("PUT", "/services/00000000-0000-0000-0000-000000000000/heartbeat")]
    [InlineData("DELETE", "/services/00000000-0000-0000-0000-000000000000")]
    [InlineData("DELETE", "/services/cleanup")]
    public async Task B20_a_page_of_a_strange_origin_cannot_change_anything(string method, string path)
    {
        await using var api = await ApiHarness.StartAsync();

        foreach (var origin in new[] { Stranger, "null", "*", "nonsense", "file://" })
        {
            var reply = await api.SendAsync(method, "/api/v1" + path, Body, "text/plain", ("Origin", origin));

            Assert.Equal(403, reply.Status);
            Assert.Contains("CORS_ORIGINS", reply.Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(0, api.Registry.Count);
    }

    [Fact]
    public async Task A_page_that_rebinds_its_own_name_to_this_machine_is_still_a_stranger()
    {
        await using var api = await ApiHarness.StartAsync();
        var host = $"evil.example.com:{api.Address.Port}";

        var reply = await api.SendAsync(
            "POST", "/api/v1/services/register", Body, "text/plain", ("Host", host), ("Origin", $"http://{host}"));

        Assert.Equal(403, reply.Status);
    }

    [Fact]
    public async Task A_cross_site_request_without_an_origin_is_refused_by_its_fetch_metadata()
    {
        await using var api = await ApiHarness.StartAsync();

        Assert.Equal(403, (await api.SendAsync("DELETE", Unknown, headers: ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(404, (await api.SendAsync("DELETE", Unknown, headers: ("Sec-Fetch-Site", "same-origin"))).Status);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "http://evil.example.com")]
    public async Task A_heartbeat_of_a_known_service_takes_no_short_way_around_the_rules(string header, string value)
    {
        await using var api = await ApiHarness.StartAsync();
        var path = $"/api/v1/services/{await api.AddAsync("nas")}/heartbeat";

        Assert.Equal(403, (await api.SendAsync("PUT", path, headers: (header, value))).Status);
        Assert.Equal(200, (await api.SendAsync("PUT", path)).Status);
    }

    [Fact]
    public async Task Programs_without_an_origin_are_not_affected()
    {
        await using var api = await ApiHarness.StartAsync(origins: []);

        Assert.Equal(201, (await api.RegisterAsync(Body)).Status);
    }

    [Fact]
    public async Task Beacons_own_pages_may_change_it_under_every_name_the_network_knows_it_by()
    {
        await using var api = await ApiHarness.StartAsync(origins: []);

        foreach (var host in new[] { api.Address.Authority, "beacon.local:8080", "umbrel:8097", "[fd00::5]:8080", "beacon.local" })
        {
            var reply = await api.SendAsync(
                "POST", "/api/v1/services/register", Body, headers: [("Host", host), ("Origin", $"http://{host}")]);

            Assert.Equal(201, reply.Status);
            Assert.Equal($"http://{host}", reply.Header("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task A_page_on_another_port_of_the_same_host_is_another_origin()
    {
        await using var api = await ApiHarness.StartAsync();

        var reply = await api.SendAsync(
            "POST", "/api/v1/services/register", Body, headers: [("Host", "umbrel.local:8097"), ("Origin", "http://umbrel.local:3000")]);

        Assert.Equal(403, reply.Status);
    }

    [Fact]
    public async Task Behind_a_proxy_the_forwarded_host_counts()
    {
        await using var api = await ApiHarness.StartAsync();

        var reply = await api.SendAsync(
            "POST",
            "/api/v1/services/register",
            Body,
            headers: [("Origin", "https://umbrel.local"), ("X-Forwarded-Host", "umbrel.local")]);

        Assert.Equal(201, reply.Status);
    }

    [Fact]
    public async Task An_origin_written_out_in_the_settings_may_do_everything()
    {
        await using var api = await ApiHarness.StartAsync(origins: ["https://Dash.example.com/"]);

        var reply = await api.SendAsync("POST", "/api/v1/services/register", Body, headers: ("Origin", "https://dash.example.com"));
        var preflight = await PreflightAsync(api, "https://dash.example.com", "DELETE", Unknown);

        Assert.Equal(201, reply.Status);
        Assert.Equal("https://dash.example.com", reply.Header("Access-Control-Allow-Origin"));
        Assert.Equal(200, preflight.Status);
        Assert.Contains("DELETE", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_default_every_page_may_read_without_credentials()
    {
        await using var api = await ApiHarness.StartAsync();

        var list = await api.SendAsync("GET", "/api/v1/services", headers: ("Origin", Stranger));
        var discovery = await api.SendAsync("POST", "/api/v1/services/discover/", "{}", headers: ("Origin", Stranger));
        var preflight = await PreflightAsync(api, Stranger, "POST", "/api/v1/services/discover");

        Assert.Equal(200, list.Status);
        Assert.Equal("*", list.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin, Accept", list.Header("Vary"));
        Assert.Null(list.Header("Access-Control-Allow-Credentials"));
        Assert.Equal(200, discovery.Status);
        Assert.Equal(200, preflight.Status);
        Assert.DoesNotContain("DELETE", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/services/cleanup")]
    [InlineData("POST", "/api/v1/services/register")]
    public async Task A_strangers_preflight_for_a_change_is_refused(string method, string path)
    {
        await using var api = await ApiHarness.StartAsync();

        Assert.Equal(403, (await PreflightAsync(api, Stranger, method, path)).Status);
    }

    [Fact]
    public async Task Without_the_star_only_the_origins_listed_may_read()
    {
        await using var api = await ApiHarness.StartAsync(origins: ["https://dash.example.com"]);

        var reply = await api.SendAsync("GET", "/api/v1/services", headers: ("Origin", Stranger));

        Assert.Null(reply.Header("Access-Control-Allow-Origin"));
        Assert.Equal(403, (await PreflightAsync(api, Stranger, "GET", "/api/v1/services")).Status);
    }

    private static Task<ApiReply> PreflightAsync(ApiHarness api, string origin, string method, string path) =>
        api.SendAsync("OPTIONS", path, headers: [("Origin", origin), ("Access-Control-Request-Method", method)]);
}
