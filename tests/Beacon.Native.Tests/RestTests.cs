using System.Net;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>Each route once: what only a native build can break (trimmed code, missing resources) shows here; the rules are proved elsewhere.</summary>
public class RestTests
{
    private const string Unknown = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public async Task Every_route_answers()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var id = await beacon.Client.RegisterAsync("lamp", token);

        (HttpMethod Method, string Path, HttpContent? Body, HttpStatusCode Expected)[] requests =
        [
            (HttpMethod.Get, "/", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api/openapi.json", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api/docs", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api/v1/health", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api/v1/ready", null, HttpStatusCode.OK),
            (HttpMethod.Get, "/api/v1/live", null, HttpStatusCode.OK),
            (HttpMethod.Post, Api.Register, Api.Registration("lamp"), HttpStatusCode.Created),
            (HttpMethod.Post, Api.Register, Api.Json("{}"), HttpStatusCode.UnprocessableEntity),
            (HttpMethod.Put, $"{Api.Services}/{id}/heartbeat?ttl=60", null, HttpStatusCode.OK),
            (HttpMethod.Put, $"{Api.Services}/{Unknown}/heartbeat", null, HttpStatusCode.NotFound),
            (HttpMethod.Get, $"{Api.Services}/{id}", null, HttpStatusCode.OK),
            (HttpMethod.Put, $"{Api.Services}/{id}", Api.Json("""{"tags":["kitchen"]}"""), HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/{id}/status", null, HttpStatusCode.OK),
            (HttpMethod.Get, Api.Services, null, HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/?tags=kitchen&limit=1", null, HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/discover?q=lam", null, HttpStatusCode.OK),
            (HttpMethod.Post, $"{Api.Services}/discover", Api.Json("""{"type":"http"}"""), HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/types", null, HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/tags", null, HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/expired", null, HttpStatusCode.OK),
            (HttpMethod.Delete, $"{Api.Services}/cleanup", null, HttpStatusCode.OK),
            (HttpMethod.Delete, $"{Api.Services}/{id}", null, HttpStatusCode.OK),
            (HttpMethod.Get, $"{Api.Services}/{id}", null, HttpStatusCode.NotFound),
            (HttpMethod.Get, "/no/such/path", null, HttpStatusCode.NotFound),
        ];

        foreach (var (method, path, body, expected) in requests)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var answer = await beacon.Client.SendAsync(request, token);
            Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode}, expected {(int)expected}");
        }
    }

    [Fact]
    public async Task Health_reports_a_store_that_answers()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);

        using var health = JsonDocument.Parse(await beacon.Client.GetStringAsync("/api/v1/health", token));

        Assert.Equal("healthy", health.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_strange_web_page_may_not_change_anything()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var request = new HttpRequestMessage(HttpMethod.Post, Api.Register) { Content = Api.Registration("lamp") };
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var answer = await beacon.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_registered_service_is_there_after_a_restart()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        string id;
        await using (var first = await BeaconProcess.StartAsync(data.Path))
        {
            id = await first.Client.RegisterAsync("lamp", token);
            await first.TerminateAsync();
        }

        await using var second = await BeaconProcess.StartAsync(data.Path);
        Assert.Equal([id], (await second.Client.AllServicesAsync(token)).Select(x => x.Id));
        Assert.Equal(id, await second.Client.RegisterAsync("lamp", token));
    }
}
