using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>HTTP/2 without TLS against the published binary: whole pipelines could be trimmed away.</summary>
public class Http2Tests
{
    private const string Curl = "/usr/bin/curl";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task One_port_speaks_both_protocols_and_counts_every_connection_once()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var id = await beacon.Client.RegisterAsync("lamp", token);
        using var second = SecondClient(beacon);

        using var beaten = await second.PutAsync($"{Api.Services}/{id}/heartbeat", null, token);
        var metrics = await second.GetStringAsync("/metrics", token);

        Assert.Equal((HttpVersion.Version20, HttpStatusCode.OK), (beaten.Version, beaten.StatusCode));
        Assert.Contains("\nkestrel_active_connections 2", metrics, StringComparison.Ordinal);
        var started = Assert.Single(beacon.Output, line => line.Contains("answers on", StringComparison.Ordinal));
        Assert.Equal(2, started.Split("answers on http://").Length);
        Assert.DoesNotContain("prior", started, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_connection_runs_over_http2()
    {
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var http = SecondClient(beacon);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        await socket.ConnectAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{beacon.Port}/ws")), http, token);
        var greeting = await socket.ReceiveAsync(new byte[4096], token);

        Assert.Equal(WebSocketMessageType.Text, greeting.MessageType);
        Assert.True(greeting.EndOfMessage);
    }

    [Fact]
    public async Task Open_connections_of_both_protocols_do_not_hold_up_the_end()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var second = SecondClient(beacon);
        await second.GetStringAsync("/api/v1/live", TestContext.Current.CancellationToken);

        var (code, took) = await beacon.TerminateAsync();

        Assert.Equal(0, code);
        Assert.True(took < StopLimit, $"took {took.TotalSeconds} s");
    }

    [Theory]
    [InlineData("--http2-prior-knowledge", "2 201")]
    [InlineData("--http2", "1.1 201")]
    [InlineData("--http1.1", "1.1 201")]
    public async Task Curl_agrees(string option, string expected)
    {
        Assert.SkipUnless(File.Exists(Curl), "curl is missing");
        var token = TestContext.Current.CancellationToken;
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{beacon.Port}{Api.Register}");
        string[] arguments =
            ["-s", option, "-d", """{"name":"lamp","host":"192.0.2.7","port":80}""", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", address];

        using var curl = Process.Start(new ProcessStartInfo(Curl, arguments) { RedirectStandardOutput = true })!;
        var said = await curl.StandardOutput.ReadToEndAsync(token);
        await curl.WaitForExitAsync(token);

        Assert.Equal(expected, said);
    }

    private static HttpClient SecondClient(BeaconProcess beacon) => new()
    {
        BaseAddress = beacon.Client.BaseAddress,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
