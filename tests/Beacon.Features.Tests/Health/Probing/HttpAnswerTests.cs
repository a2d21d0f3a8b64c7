using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class HttpAnswerTests : IDisposable
{
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Two_hundred_is_healthy_and_tells_status_and_time()
    {
        await using var server = RawServer.Saying(RawServer.Ok("fine"));
        var result = await _rig.CheckAsync(server);
        Assert.Equal(CheckOutcome.Healthy, result.Outcome);
        Assert.Null(result.Error);
        Assert.Equal(200, result.StatusCode);
        Assert.InRange(result.ResponseTime!.Value.TotalSeconds, 0.00001, 5);
        Assert.Null(result.CertificateExpiresAt);
    }

    [Fact]
    public async Task The_request_says_who_asks_and_for_whom()
    {
        await using var server = RawServer.Saying(RawServer.Ok("fine"));
        await _rig.CheckAsync(server, new HealthCheckRequest { Headers = [new("Authorization", "Bearer s3cret"), new("X-Two", "a, b")] }, path: "/a/b?c=d%20e");
        var head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /a/b?c=d%20e HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"Host: 127.0.0.1:{server.Port}\r\n", head, StringComparison.Ordinal);
        Assert.Contains("User-Agent: Beacon/2.0.0\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer s3cret\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Two: a, b\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host", "elsewhere")]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("X-Smuggled", "a\r\nX-Other: b")]
    public async Task Headers_that_would_make_another_request_of_it_are_not_sent(string name, string value)
    {
        await using var server = RawServer.Saying(RawServer.Ok("fine"));
        await _rig.CheckAsync(server, new HealthCheckRequest { Headers = [new(name, value)] });
        var head = Assert.Single(server.Requests);
        Assert.DoesNotContain($"{name}: {value}", head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Other", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503 Service Unavailable", "200-299", CheckOutcome.Unhealthy, "answered 503, expected 200-299")]
    [InlineData("404 Not Found", "200,404", CheckOutcome.Healthy, null)]
    [InlineData("204 No Content", "200-299", CheckOutcome.Healthy, null)]
    [InlineData("302 Found", "200-399", CheckOutcome.Healthy, null)]
    [InlineData("302 Found", "200-299", CheckOutcome.Unhealthy, "answered 302, expected 200-299")]
    [InlineData("401 Unauthorized", "200-299", CheckOutcome.Unhealthy, "answered 401, expected 200-299")]
    public async Task The_status_decides(string status, string expected, CheckOutcome outcome, string? error)
    {
        await using var server = RawServer.Saying($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        var result = await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedStatus = expected });
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(error, result.Error);
        Assert.Equal(int.Parse(status.AsSpan(0, 3), CultureInfo.InvariantCulture), result.StatusCode);
    }

    [Fact]
    public async Task Head_asks_for_no_body()
    {
        await using var server = RawServer.Saying("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        var result = await _rig.CheckAsync(server, new HealthCheckRequest { Method = CheckMethod.Head });
        Assert.True(result.Passed, result.Error);
        Assert.StartsWith("HEAD ", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_HTTP_1_0_server_that_closes_to_end_its_answer_is_understood()
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall is well");
            stream.Close();
        });
        Assert.True((await _rig.CheckAsync(server, new HealthCheckRequest { ExpectedText = "well" })).Passed);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_refuses_the_connection()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var result = await _rig.CheckAsync($"http://127.0.0.1:{port}/");
        Assert.Equal((CheckOutcome.Error, "refused the connection"), (result.Outcome, result.Error));
        Assert.Null(result.ResponseTime);
        Assert.Null(result.StatusCode);
    }

    [Theory]
    [InlineData("\u0001\u0002garbage that is no HTTP\r\n\r\n", "does not answer in HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n", "does not answer in HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "closed the connection before the answer was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", null)]
    [InlineData("", "closed the connection before the answer was complete")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n0123456789", "the answer is packed in a way that cannot be unpacked")]
    public async Task Broken_answers_are_failed_checks_with_a_reason(string answer, string? error)
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, answer);
            stream.Close();
        });
        var result = await _rig.CheckAsync(server);
        Assert.Equal(CheckOutcome.Error, result.Outcome);
        Assert.Equal(error ?? result.Error, result.Error);
        Assert.InRange(result.Error!.Length, 1, ServiceLimits.MaxCheckError);
    }

    [Fact]
    public async Task Endless_headers_end_the_check()
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\n");
            while (true)
            {
                await RawServer.WriteAsync(stream, $"X-More: {new string('x', 1000)}\r\n");
            }
        });
        Assert.Equal("the headers of the answer are too long", (await _rig.CheckAsync(server)).Error);
    }

    [Fact]
    public async Task Silence_is_a_timeout()
    {
        await using var server = new RawServer((_, _) => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
        var result = await _rig.CheckAsync(server, timeout: 1);
        Assert.Equal((CheckOutcome.Timeout, "no answer within 1 s"), (result.Outcome, result.Error));
        Assert.Null(result.ResponseTime);
    }

    [Fact]
    public async Task The_timeout_counts_to_the_last_byte()
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            while (true)
            {
                await RawServer.WriteAsync(stream, ".");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        });
        var result = await _rig.CheckAsync(server, timeout: 1);
        Assert.Equal((CheckOutcome.Timeout, "no complete answer within 1 s", 200), (result.Outcome, result.Error, result.StatusCode));
    }

    [Fact]
    public async Task A_wrong_status_is_told_without_waiting_for_the_body()
    {
        await using var server = RawServer.Saying("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000\r\n\r\nnever more");
        Assert.Equal("answered 503, expected 200-299", (await _rig.CheckAsync(server, timeout: 20)).Error);
    }

    [Fact]
    public async Task A_look_up_that_hangs_is_a_timeout()
    {
        _rig.Resolver.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        };
        Assert.Equal(CheckOutcome.Timeout, (await _rig.CheckAsync("http://nas.lan/", timeout: 1)).Outcome);
    }

    [Fact]
    public async Task Whoever_breaks_a_check_off_gets_no_result()
    {
        await using var server = new RawServer((_, _) => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
        using var given = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _rig.Probe.ProbeAsync(ProbeRig.Service($"http://127.0.0.1:{server.Port}/", timeout: 20), given.Token));
    }

    [Fact]
    public async Task A_connection_is_used_again_by_the_next_check()
    {
        await using var server = RawServer.Saying(RawServer.Ok("fine"));
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await _rig.CheckAsync(server)).Passed);
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(1, _rig.Probe.OpenConnections);
    }

    [Fact]
    public async Task A_connection_that_the_server_closed_meanwhile_is_no_failure()
    {
        await using var server = new RawServer(async (_, stream) =>
        {
            await RawServer.WriteAsync(stream, RawServer.Ok("fine"));
            stream.Close();
        });
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await _rig.CheckAsync(server)).Passed);
        }
    }

    [Fact]
    public async Task A_hundred_checks_that_time_out_leave_no_connection_behind()
    {
        await using var server = new RawServer((_, _) => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _rig.CheckAsync(server, timeout: 1)));
        for (var i = 0; i < 100 && _rig.Probe.OpenConnections > 0; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, _rig.Probe.OpenConnections);
    }
}
