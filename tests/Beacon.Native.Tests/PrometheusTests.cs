using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>The real Prometheus reads what the published binary says of itself, and its own tool finds nothing to complain about.</summary>
public sealed class PrometheusTests
{
    private const string Server = "/usr/bin/prometheus";
    private const string Tool = "/usr/bin/promtool";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Promtool_finds_no_fault_in_names_kinds_and_help()
    {
        Assert.SkipUnless(File.Exists(Tool), "promtool is not installed (Debian: prometheus)");
        using var data = new TemporaryDirectory();
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--health-allow", "127.0.0.0/8");
        await UseAsync(beacon, ((IPEndPoint)target.LocalEndpoint).Port);
        var text = await beacon.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        using var check = Process.Start(new ProcessStartInfo(Tool, ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await check.StandardInput.WriteAsync(text);
        check.StandardInput.Close();
        var complaints = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(check.ExitCode == 0 && complaints.Trim().Length == 0, complaints);
    }

    [Fact]
    public async Task Prometheus_scrapes_it_and_a_query_returns_the_value()
    {
        Assert.SkipUnless(File.Exists(Server), "prometheus is not installed");
        using var data = new TemporaryDirectory();
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        await using var beacon = await BeaconProcess.StartAsync(data.Path, "--health-allow", "127.0.0.0/8");
        await UseAsync(beacon, ((IPEndPoint)target.LocalEndpoint).Port);
        var port = BeaconProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var configuration = Path.Combine(data.Path, "prometheus.yml");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: beacon
                static_configs: [{targets: ["127.0.0.1:{{beacon.Port}}"]}]
            """,
            TestContext.Current.CancellationToken);
        using var prometheus = Process.Start(new ProcessStartInfo(
            Server,
            [$"--config.file={configuration}", $"--storage.tsdb.path={Path.Combine(data.Path, "tsdb")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            RedirectStandardError = true,
        })!;
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            Assert.Equal("1", await QueryAsync(client, "beacon_services{status=\"active\"}"));
            Assert.Equal("1", await QueryAsync(client, "up"));
            Assert.Equal("1", await QueryAsync(client, "beacon_service_healthy{name=\"a\"} and beacon_service_response_time_seconds < 10"));
            Assert.Equal("1", await QueryAsync(client, "sum(http_server_request_duration_seconds_bucket{http_route=\"/api/v1/services/register\",le=\"+Inf\"})"));
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Registers a service and has it checked once.</summary>
    private static async Task UseAsync(BeaconProcess beacon, int target)
    {
        using var body = Api.Json($$"""{"name":"a","host":"127.0.0.1","port":{{target}},"health_check_url":"tcp://127.0.0.1:{{target}}"}""");
        using var reply = await beacon.Client.PostAsync(Api.Register, body, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
        using var answer = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var check = await beacon.Client.PostAsync(
            $"{Api.Services}/{answer.RootElement.GetProperty("service_id").GetString()}/check", null, TestContext.Current.CancellationToken);
        check.EnsureSuccessStatusCode();
    }

    private static async Task<string> QueryAsync(HttpClient prometheus, string query)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Limit; await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            try
            {
                using var answer = JsonDocument.Parse(await prometheus.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", TestContext.Current.CancellationToken));
                var result = answer.RootElement.GetProperty("data").GetProperty("result");
                if (result.GetArrayLength() > 0)
                {
                    return result[0].GetProperty("value")[1].GetString()!;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        return "nothing within the limit";
    }
}
