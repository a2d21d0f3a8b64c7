namespace Beacon.Aot.Tests.Api;

/// <summary>What the clients that are out there send and look at.</summary>
public sealed class KnownClientTests : IAsyncLifetime
{
    private const string Services = "/api/v1/services";

    private ApiHarness _api = null!;

    public async ValueTask InitializeAsync() => _api = await ApiHarness.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task The_ESP32_sketch_gets_exactly_201_at_every_boot_and_an_answer_that_fits_its_document()
    {
        const string Boot = """
            {"name":"esp32-sensor-01","type":"iot","host":"192.168.1.100","port":80,"protocol":"http",
             "tags":["sensor","temperature"],"metadata":{"version":"1.0.0","location":"greenhouse"},"ttl":300}
            """;

        var first = await _api.RegisterAsync(Boot);
        var second = await _api.RegisterAsync(Boot);

        Assert.Equal(201, first.Status);
        Assert.Equal(201, second.Status);
        Assert.Equal(first.Text("service_id"), second.Text("service_id"));
        Assert.InRange(ArduinoDocument.SizeOf(first.Body), 1, 1024);
        Assert.StartsWith("{\"service_id\":\"", first.Body, StringComparison.Ordinal);
        Assert.NotNull(first.Header("Content-Length"));
        Assert.Equal(200, (await _api.SendAsync("PUT", $"{Services}/{first.Text("service_id")}/heartbeat", "")).Status);
    }

    [Fact]
    public async Task The_homegrow_registrar_may_send_its_health_check_members()
    {
        var reply = await _api.RegisterAsync(
            """{"name":"homegrow","type":"iot","host":"homegrow","port":3003,"health_check_url":"http://homegrow:3003/health","health_check_interval":30,"health_check_timeout":5,"health_check_retries":3}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal(5, reply.Json["health_check_timeout"]!.GetValue<int>());
        Assert.Equal(3, reply.Json["health_check_retries"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task A_curl_without_a_content_type_registers(string? contentType)
    {
        var reply = await _api.SendAsync("POST", Services + "/register", """{"name":"c","host":"10.0.0.1","port":80}""", contentType);

        Assert.Equal(201, reply.Status);
    }

    [Fact]
    public async Task A_script_on_Windows_may_put_a_byte_order_mark_before_its_JSON() =>
        Assert.Equal(201, (await _api.RegisterAsync("\uFEFF" + """{"name":"w","host":"10.0.0.1","port":80}""")).Status);

    [Fact]
    public async Task A_shell_script_may_send_what_hostname_i_prints()
    {
        var reply = await _api.RegisterAsync("""{"name":"box","type":"http","host":"192.168.1.7 172.17.0.1 fd00::7","port":80}""");

        Assert.Equal(201, reply.Status);
        Assert.Equal("192.168.1.7 172.17.0.1 fd00::7", reply.Text("host"));
    }

    [Fact]
    public async Task The_kubernetes_sidecar_finds_its_service_by_name()
    {
        await _api.AddAsync("other");
        var id = await _api.AddAsync("my-app");

        var list = (await _api.GetAsync(Services + "?name=my-app")).Json;

        Assert.Equal(id, list["services"]![0]!["service_id"]!.GetValue<string>());
        Assert.Equal(1, list["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_MQTT_discovery_finds_host_and_port()
    {
        await _api.AddAsync("web");
        await _api.AddAsync("broker", ""","type":"mqtt","metadata":{"username":"iot"}""");

        var found = (await _api.GetAsync(Services + "/discover?type=mqtt&status=active")).Json["services"]!.AsArray();

        var service = Assert.Single(found)!;
        Assert.Equal("192.168.1.50", service["host"]!.GetValue<string>());
        Assert.Equal(8080, service["port"]!.GetValue<int>());
        Assert.Equal("iot", service["metadata"]!["username"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_old_dashboard_reads_JSON_from_a_deletion()
    {
        var id = await _api.AddAsync("gone");

        var reply = await _api.SendAsync("DELETE", $"{Services}/{id}");

        Assert.Equal(200, reply.Status);
        Assert.Equal("gone", reply.Text("service_name"));
        Assert.True(reply.Json["mdns_deregistered"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Filters_narrow_and_tags_widen()
    {
        await _api.AddAsync("a", ""","type":"mqtt","tags":["x"],"protocol":"tcp","metadata":{"room":"kitchen"}""");
        await _api.AddAsync("b", ""","type":"iot","tags":["y"],"metadata":{"room":"attic"}""");
        await _api.AddAsync("c", ""","type":"iot","tags":["z"]""");

        Assert.Equal(["a", "b"], await NamesAsync("?tags=x&tags=y"));
        Assert.Equal(["b", "c"], await NamesAsync("?type=iot"));
        Assert.Equal(["a"], await NamesAsync("?protocol=tcp"));
        Assert.Equal(["b"], await NamesAsync("?metadata.room=attic"));
        Assert.Equal([], await NamesAsync("?metadata.room=attic&type=mqtt"));
        Assert.Equal(["a"], await NamesAsync("?q=KITCH"));
        Assert.Equal(["a", "b", "c"], await NamesAsync("?host=192.168.1.50&status=active&type=&name="));
        Assert.Equal([], await NamesAsync("?status=inactive"));
        Assert.Equal([], await NamesAsync("?status=unhealthy"));
        Assert.Equal(["c"], await NamesAsync("?skip=2&limit=1"));
    }

    private async Task<IEnumerable<string>> NamesAsync(string query) =>
        (await _api.GetAsync(Services + query)).Json["services"]!.AsArray().Select(service => service!["name"]!.GetValue<string>());
}
