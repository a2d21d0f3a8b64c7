using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class RedirectTests : IDisposable
{
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static string To(string location, int status = 302) => $"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n";

    private static bool Asks(string head, string path) => head.StartsWith($"GET {path} ", StringComparison.Ordinal);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_followed(int status)
    {
        await using var server = new RawServer((head, stream) =>
            RawServer.WriteAsync(stream, Asks(head, "/health") ? To("/login?next=%2F", status) : RawServer.Ok("fine")));
        var result = await _rig.CheckAsync(server);
        Assert.True(result.Passed, result.Error);
        Assert.Equal(200, result.StatusCode);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Five_are_followed_and_a_sixth_is_not()
    {
        await using var server = new RawServer((head, stream) =>
        {
            var at = int.Parse(head.AsSpan(5, 1));
            return RawServer.WriteAsync(stream, at == 5 ? RawServer.Ok("fine") : To($"/{at + 1}"));
        });
        Assert.True((await _rig.CheckAsync(server, path: "/0")).Passed);

        await using var loop = new RawServer((_, stream) => RawServer.WriteAsync(stream, To("/again")));
        var result = await _rig.CheckAsync(loop);
        Assert.Equal((CheckOutcome.Unhealthy, "redirects more than 5 times"), (result.Outcome, result.Error));
        Assert.Equal(6, loop.Requests.Count);
    }

    [Fact]
    public async Task Headers_go_on_to_the_same_origin_and_to_no_other()
    {
        await using var other = RawServer.Saying(RawServer.Ok("fine"));
        await using var server = new RawServer((head, stream) =>
            RawServer.WriteAsync(stream, Asks(head, "/health") ? To("/second") : To($"http://127.0.0.1:{other.Port}/third")));
        var result = await _rig.CheckAsync(server, new HealthCheckRequest { Headers = [new("Authorization", "Bearer s3cret")] });
        Assert.True(result.Passed, result.Error);
        Assert.All(server.Requests, x => Assert.Contains("s3cret", x, StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", Assert.Single(other.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "169.254.169.254: it is a link-local address")]
    [InlineData("http://[::ffff:169.254.169.254]/", "169.254.169.254: it is a link-local address")]
    [InlineData("http://192.168.1.10:8080/api/v1/services", "192.168.1.10: that is Beacon itself")]
    [InlineData("http://8.8.8.8/", "it is neither the service's own host nor on a network of this machine")]
    public async Task B20_a_redirect_leads_nowhere_a_check_may_not_go(string location, string reason)
    {
        await using var server = RawServer.Saying(To(location));
        var result = await _rig.CheckAsync(server);
        Assert.Equal(CheckOutcome.Error, result.Outcome);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("is redirected to ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "redirects to a URL that begins with ftp:, and only http, https and tcp can be checked")]
    [InlineData("file:///etc/passwd", "redirects to a URL that begins with file:, and only http, https and tcp can be checked")]
    [InlineData("tcp://127.0.0.1:22", "redirects from http to tcp, which is not followed")]
    [InlineData("http://user:password@127.0.0.1/", "redirects to a URL that holds a user or password: send them as an Authorization header instead")]
    [InlineData("http://127.0.0.1:0/", "redirects to a URL that names port 0, where nothing listens")]
    public async Task Redirects_out_of_http_are_not_followed(string location, string error)
    {
        await using var server = RawServer.Saying(To(location));
        Assert.Equal(error, (await _rig.CheckAsync(server)).Error);
    }

    [Fact]
    public async Task A_redirect_without_a_target_is_just_another_status()
    {
        await using var server = RawServer.Saying("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("answered 302, expected 200-299", (await _rig.CheckAsync(server)).Error);
    }
}
