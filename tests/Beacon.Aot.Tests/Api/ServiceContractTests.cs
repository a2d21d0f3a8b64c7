using Beacon.Registry;

namespace Beacon.Aot.Tests.Api;

/// <summary>Every route and every refusal of the services API, word for word; see ContractSnapshots.</summary>
public sealed class ServiceContractTests
{
    private const string Services = "/api/v1/services";

    private const string Full = """
        {"name":"homegrow-client","type":"iot","host":"192.168.1.100","port":8080,"protocol":"http","tags":["iot"],
         "metadata":{"version":"1.2.0"},"ttl":300,"health_check_url":"http://192.168.1.100:8080/health"}
        """;

    [Fact]
    public async Task Registering()
    {
        await using var api = await ApiHarness.StartAsync();
        var snapshot = new Snapshot("register");

        await snapshot.SendAsync(api, "POST", Services + "/register", Full);
        await snapshot.SendAsync(api, "POST", Services + "/register/", """{"name":"homegrow-client","host":"192.168.1.100","port":"8080","tags":["iot","moved"]}""");
        await snapshot.SendAsync(api, "POST", Services + "/register", """{"name":"bare","host":"192.168.1.101","port":80}""");
        await snapshot.SendAsync(api, "POST", Services + "/register", """
            {"name":"all","type":"coap","host":"sensor.local","port":5683,"protocol":"udp","ttl":60,"metadata":{"room":"kitchen","floor":2,"on":true,"none":null},
             "health_check_url":"tcp://sensor.local:5683","health_check_interval":30,"health_check_timeout":5,"health_check_retries":1,
             "health_check_enabled":false,"fallback_to_health_check":false,"mdns_service_type":"_coap._udp","mdns_txt_records":{"rt":"sensor"},"unknown":[1]}
            """);
        await snapshot.SendAsync(api, "POST", Services + "/register", """{"type":"","port":0,"ttl":5}""");
        await snapshot.SendAsync(api, "POST", Services + "/register", """{"name":"a","host":"b","port":80,"metadata":{"x":{}},"tags":[1],"mdns_service_type":"http"}""");
        await snapshot.SendAsync(api, "POST", Services + "/register", "{\"name\":\"a\",}");
        await snapshot.SendAsync(api, "POST", Services + "/register", "[]");
        await snapshot.SendAsync(api, "POST", Services + "/register", "");
        await snapshot.SendAsync(api, "POST", Services + "/register", new string(' ', 65_537));

        snapshot.Check();
    }

    [Fact]
    public async Task One_service()
    {
        await using var api = await ApiHarness.StartAsync();
        var id = (await api.RegisterAsync(Full)).Text("service_id");
        await api.RegisterAsync("""{"name":"other","host":"192.168.1.100","port":8081}""");
        var snapshot = new Snapshot("one-service");

        var one = await snapshot.SendAsync(api, "GET", $"{Services}/{id}");
        await snapshot.SendAsync(api, "GET", $"{Services}/{id.ToUpperInvariant()}/");
        await snapshot.SendAsync(api, "GET", $"{Services}/{id}", null, ("If-None-Match", one.Header("ETag")!));
        await snapshot.SendAsync(api, "HEAD", $"{Services}/{id}");
        await snapshot.SendAsync(api, "GET", $"{Services}/{id}/status");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}", """{"tags":["moved"],"metadata":{},"host":"192.168.1.102","health_check_url":null}""");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/", """{"name":null,"port":"x"}""");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}", """{"name":"other","host":"192.168.1.100","port":8081}""");
        await snapshot.SendAsync(api, "DELETE", $"{Services}/{id}");
        await snapshot.SendAsync(api, "DELETE", $"{Services}/{id}/");
        await snapshot.SendAsync(api, "GET", $"{Services}/{id}");
        await snapshot.SendAsync(api, "GET", $"{Services}/{id}/status/");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}", "{}");
        await snapshot.SendAsync(api, "GET", $"{Services}/not-an-id");

        snapshot.Check();
    }

    [Fact]
    public async Task Heartbeats()
    {
        await using var api = await ApiHarness.StartAsync();
        var id = await api.AddAsync("sensor");
        var snapshot = new Snapshot("heartbeat");

        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat/?ttl=600", "{}");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat?ttl=");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat?ttl=9");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat?ttl=86401");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{id}/heartbeat?ttl=soon");
        await snapshot.SendAsync(api, "PUT", $"{Services}/{Guid.Empty}/heartbeat");

        snapshot.Check();
    }

    [Fact]
    public async Task Lists()
    {
        await using var api = await ApiHarness.StartAsync();
        await api.AddAsync("a", """,  "type":"mqtt","tags":["x","y"],"metadata":{"room":"kitchen"}""");
        await api.AddAsync("b", """,  "type":"iot","tags":["y"]""");
        var snapshot = new Snapshot("lists");

        var all = await snapshot.SendAsync(api, "GET", Services);
        await snapshot.SendAsync(api, "GET", Services + "/", null, ("If-None-Match", $"\"x\", W/{all.Header("ETag")}"));
        await snapshot.SendAsync(api, "GET", Services + "?limit=1&skip=1");
        await snapshot.SendAsync(api, "GET", Services + "?limit=0&skip=-1&status=x");
        await snapshot.SendAsync(api, "GET", Services + "/discover?type=mqtt&tags=x&tags=z&status=active&metadata.room=kitchen&q=KIT");
        await snapshot.SendAsync(api, "POST", Services + "/discover", """{"type":"iot","tags":["y"],"protocol":null,"status":null}""");
        await snapshot.SendAsync(api, "POST", Services + "/discover/?limit=1", null);
        await snapshot.SendAsync(api, "POST", Services + "/discover", """{"type":1,"tags":"y","status":"x","metadata":[]}""");
        await snapshot.SendAsync(api, "GET", Services + "/types");
        await snapshot.SendAsync(api, "GET", Services + "/tags/");
        await snapshot.SendAsync(api, "GET", Services + "/expired");
        await snapshot.SendAsync(api, "DELETE", Services + "/cleanup");

        snapshot.Check();
    }

    [Fact]
    public async Task Refusals()
    {
        await using var api = await ApiHarness.StartAsync(limits: new RegistryLimits { MaxServices = 1 });
        await api.AddAsync("first");
        var snapshot = new Snapshot("refusals");

        await snapshot.SendAsync(api, "GET", "/nothing/here");
        await snapshot.SendAsync(api, "GET", "/api/v1/nothing");
        await snapshot.SendAsync(api, "PATCH", $"{Services}/{Guid.Empty}", "{}");
        await snapshot.SendAsync(api, "DELETE", Services);
        await snapshot.SendAsync(api, "POST", Services + "/types", "{}");
        await snapshot.SendAsync(api, "POST", Services + "/register", Full);
        await snapshot.SendAsync(api, "POST", Services + "/register", Full, ("Origin", "https://evil.example.com"));

        snapshot.Check();
    }
}
