using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Api;

/// <summary>The defects of the earlier implementation, by the number they have in its list; each test fails on its behaviour.</summary>
public sealed class DefectTests : IAsyncLifetime
{
    private const string Services = "/api/v1/services";

    private ApiHarness _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHarness.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/types")]
    [InlineData("/tags")]
    [InlineData("/expired")]
    [InlineData("/discover")]
    public async Task B1_words_are_not_taken_for_ids(string path)
    {
        Assert.Equal(200, (await _api.GetAsync(Services + path)).Status);
        Assert.Equal(200, (await _api.GetAsync(Services + path + "/")).Status);
    }

    [Theory]
    [InlineData("PUT", "")]
    [InlineData("PUT", "/heartbeat")]
    [InlineData("GET", "")]
    [InlineData("GET", "/status")]
    [InlineData("DELETE", "")]
    public async Task B2_an_unknown_id_is_404_everywhere(string method, string path)
    {
        foreach (var id in new[] { Guid.NewGuid().ToString(), "nonsense", "%20", "register" })
        {
            var reply = await _api.SendAsync(method, $"{Services}/{id}{path}", method == "PUT" ? "{}" : null);

            Assert.Equal(404, reply.Status);
            Assert.Equal("Service not found", reply.Text("detail"));
        }
    }

    [Fact]
    public async Task B3_the_list_is_there_with_and_without_a_slash() =>
        Assert.Equal((await _api.GetAsync(Services)).Body, (await _api.GetAsync(Services + "/")).Body);

    [Fact]
    public async Task B5_registering_again_renews_the_lease_and_merges_what_is_said()
    {
        var first = (await _api.RegisterAsync("""{"name":"s","type":"iot","host":"h","port":80,"ttl":10,"tags":["old"],"metadata":{"a":"1"}}""")).Json;

        var second = await _api.RegisterAsync("""{"name":"s","type":"mqtt","host":"h","port":80,"ttl":600,"metadata":{"b":"2"}}""");

        Assert.Equal(201, second.Status);
        Assert.Equal(first["service_id"]!.GetValue<string>(), second.Text("service_id"));
        Assert.Equal("_mqtt._tcp", second.Text("mdns_service_type"));
        Assert.Equal("""["old"]""", second.Json["tags"]!.ToJsonString());
        Assert.Equal("""{"b":"2"}""", second.Json["metadata"]!.ToJsonString());
        Assert.True(Instant(second.Json, "expires_at") > Instant(first, "expires_at").AddSeconds(500));
        Assert.True(Instant(second.Json, "last_heartbeat") >= Instant(first, "last_heartbeat"));
    }

    [Fact]
    public async Task B9_an_update_of_a_known_service_succeeds_and_keeps_its_id()
    {
        var id = await _api.AddAsync("s");

        var reply = await _api.SendAsync("PUT", $"{Services}/{id}", """{"_id":"x","id":"y","service_id":"z","port":81}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(id, reply.Text("service_id"));
        Assert.Equal(81, reply.Json["port"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/assets/../../../../etc/passwd")]
    [InlineData("/api/docs/../../../../etc/passwd")]
    [InlineData("/api/docs/..%2f..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/static/%2e%2e/%2e%2e/etc/passwd")]
    public async Task B19_no_path_reads_a_file_of_the_machine(string path)
    {
        // Not through HttpClient, which would tidy the path up before sending it.
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(_api.Address.Host, _api.Address.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/debug/test-database-insert")]
    [InlineData("/debug/system-info")]
    [InlineData("/debug/test-service-creation")]
    public async Task B18_there_are_no_debug_routes(string path) => Assert.Equal(404, (await _api.GetAsync("/api/v1" + path)).Status);

    [Fact]
    public async Task B23_an_explicit_null_for_a_required_member_is_refused_and_changes_nothing()
    {
        var id = await _api.AddAsync("s");
        var before = (await _api.GetAsync($"{Services}/{id}")).Body;

        var reply = await _api.SendAsync(
            "PUT", $"{Services}/{id}", """{"name":null,"type":null,"host":null,"port":null,"protocol":null,"tags":null,"metadata":null}""");

        Assert.Equal(422, reply.Status);
        Assert.Equal(7, reply.Problems.Count());
        Assert.Equal(before, (await _api.GetAsync($"{Services}/{id}")).Body);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("9")]
    [InlineData("86401")]
    public async Task B23_a_heartbeat_cannot_end_or_overstretch_a_lease(string ttl)
    {
        var id = await _api.AddAsync("s");
        var before = (await _api.GetAsync($"{Services}/{id}")).Body;

        Assert.Equal(422, (await _api.SendAsync("PUT", $"{Services}/{id}/heartbeat?ttl={ttl}")).Status);
        Assert.Equal(before, (await _api.GetAsync($"{Services}/{id}")).Body);
    }

    [Fact]
    public async Task B23_total_counts_all_that_match_not_only_the_page()
    {
        for (var i = 0; i < 5; i++)
        {
            await _api.AddAsync($"s{i}");
        }

        var page = (await _api.GetAsync(Services + "?limit=2&skip=2")).Json;

        Assert.Equal(5, page["total"]!.GetValue<int>());
        Assert.Equal(2, page["page"]!.GetValue<int>());
        Assert.Equal(2, page["page_size"]!.GetValue<int>());
        Assert.Equal(["s2", "s3"], page["services"]!.AsArray().Select(service => service!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task B24_a_name_longer_than_a_dns_label_is_registered_whole()
    {
        var name = new string('n', 100);

        var reply = await _api.RegisterAsync($$"""{"name":"{{name}}","host":"h","port":80}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(name, reply.Text("name"));
    }

    [Fact]
    public async Task B25_metadata_has_limits_and_cannot_stand_in_for_the_core_members()
    {
        var reply = await _api.RegisterAsync("""{"name":"s","type":"iot","host":"h","port":80,"metadata":{"type":"esp32","service_id":"x","name":"y"}}""");

        Assert.Equal("iot", reply.Text("type"));
        Assert.Equal("s", reply.Text("name"));
        Assert.True(Guid.TryParse(reply.Text("service_id"), out _));
        var tooMuch = await _api.RegisterAsync($$$"""{"name":"s","host":"h","port":80,"metadata":{"k":"{{{new string('v', 1025)}}}"}}""");
        Assert.Equal(["bytes_too_long@k"], tooMuch.Problems);
    }

    [Fact]
    public async Task B28_a_registration_without_a_type_is_http()
    {
        var reply = await _api.RegisterAsync(
            """{"name":"my-service","host":"192.168.1.100","port":3000,"health_check_url":"http://192.168.1.100:3000/health","health_check_interval":30}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal("http", reply.Text("type"));
        Assert.Equal("_http._tcp", reply.Text("mdns_service_type"));
    }

    private static DateTimeOffset Instant(JsonNode service, string member) => DateTimeOffset.Parse(service[member]!.GetValue<string>());
}
