using System.Net;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>Health checks of the native binary against a real web server on loopback.</summary>
public sealed class HealthTests
{
    /// <summary>Between two checks of one service, whoever asks for them; and a little.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1.1);

    [Fact]
    public async Task A_service_is_checked_found_down_told_of_and_found_well_again()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--health-allow", "127.0.0.0/8");
        var port = BeaconProcess.FreePort();
        using var live = await LiveClient.ConnectAsync(beacon.Port, token);
        string id;
        using (Serve(port))
        {
            id = await RegisterAsync(beacon.Client, port, token);
            Assert.Equal("healthy", (await NextChangeAsync(live, token)).GetProperty("status").GetString());
        }

        await Task.Delay(Gap, token);
        var down = await CheckAsync(beacon.Client, id, token);
        Assert.Equal("error", down.GetProperty("status").GetString());
        Assert.Equal("refused the connection", down.GetProperty("error").GetString());
        var change = await NextChangeAsync(live, token);
        Assert.Equal(("unhealthy", "unhealthy"), (change.GetProperty("status").GetString(), change.GetProperty("service_status").GetString()));

        await Task.Delay(Gap, token);
        using (Serve(port))
        {
            Assert.Equal("healthy", (await CheckAsync(beacon.Client, id, token)).GetProperty("status").GetString());
        }

        Assert.Equal("active", (await NextChangeAsync(live, token)).GetProperty("service_status").GetString());
        using var history = JsonDocument.Parse(await beacon.Client.GetStringAsync($"{Api.Services}/{id}/health", token));
        Assert.Equal(["healthy", "error", "healthy"], history.RootElement.GetProperty("results").EnumerateArray().Select(x => x.GetProperty("status").GetString()));
        Assert.Equal("refused the connection", history.RootElement.GetProperty("incidents")[0].GetProperty("cause").GetString());
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:22/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://224.0.0.251:5353/")]
    [InlineData("tcp://0.0.0.0:80")]
    [InlineData("http://198.51.100.9/")]
    public async Task B20_a_check_that_may_not_be_made_is_refused_with_its_reason(string url)
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);

        using var reply = await beacon.Client.PostAsync(
            Api.Register, Api.Json($$"""{"name":"x","host":"192.0.2.7","port":80,"health_check_url":"{{url}}"}"""), token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.StatusCode);
        Assert.Contains("health_check_url", await reply.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
    }

    private static HttpListener Serve(int port)
    {
        var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        _ = AnswerAsync(server);
        return server;
    }

    private static async Task AnswerAsync(HttpListener server)
    {
        try
        {
            while (true)
            {
                var context = await server.GetContextAsync();
                context.Response.Close("""{"state":{"db":"ok"}}"""u8.ToArray(), willBlock: false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed by the test.
        }
    }

    private static async Task<string> RegisterAsync(HttpClient client, int port, CancellationToken token)
    {
        using var reply = await client.PostAsync(
            Api.Register,
            Api.Json(
                $$$"""
                {"name":"web","host":"127.0.0.1","port":{{{port}}},"health_check_url":"http://127.0.0.1:{{{port}}}/","health_check_retries":1,
                 "health_check_interval":3600,"health_check_expected_json":{"state.db":"ok"}}
                """),
            token);
        using var service = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(token));
        Assert.Equal("both", service.RootElement.GetProperty("lease_source").GetString());
        return service.RootElement.GetProperty("service_id").GetString()!;
    }

    private static async Task<JsonElement> CheckAsync(HttpClient client, string id, CancellationToken token)
    {
        using var reply = await client.PostAsync($"{Api.Services}/{id}/check", null, token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        using var result = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(token));
        return result.RootElement.Clone();
    }

    private static async Task<JsonElement> NextChangeAsync(LiveClient live, CancellationToken token)
    {
        while (true)
        {
            using var message = await live.ReceiveAsync(token);
            if (message.RootElement.GetProperty("type").GetString() == "health_status_changed")
            {
                return message.RootElement.GetProperty("data").Clone();
            }
        }
    }
}
