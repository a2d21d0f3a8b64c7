using System.Net;
using System.Net.Sockets;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class TcpProbeTests : IDisposable
{
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_port_that_takes_the_connection_is_healthy()
    {
        await using var server = RawServer.Saying("");
        var result = await _rig.CheckAsync($"tcp://127.0.0.1:{server.Port}");
        Assert.Equal(CheckOutcome.Healthy, result.Outcome);
        Assert.NotNull(result.ResponseTime);
        Assert.Null(result.StatusCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_port_that_does_not_is_not()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        var result = await _rig.CheckAsync($"tcp://127.0.0.1:{port}");
        Assert.Equal((CheckOutcome.Error, "refused the connection"), (result.Outcome, result.Error));
        Assert.Null(result.ResponseTime);
    }

    [Fact]
    public async Task All_addresses_of_a_name_are_tried()
    {
        await using var server = RawServer.Saying(RawServer.Ok("fine"));
        _rig.Resolver.With("nas.lan", "127.9.9.9", "127.0.0.1");
        Assert.True((await _rig.CheckAsync($"tcp://nas.lan:{server.Port}", host: "nas.lan")).Passed);
        Assert.True((await _rig.CheckAsync($"http://nas.lan:{server.Port}/", host: "nas.lan")).Passed);
    }

    [Theory]
    [InlineData("tcp://127.0.0.1", "the URL names no port, and tcp has none of its own")]
    [InlineData("udp://127.0.0.1:53", "the URL begins with udp:, and only http, https and tcp can be checked")]
    [InlineData("nonsense", "the URL is not a complete URL such as http://192.168.1.20:8080/health")]
    public async Task A_URL_that_cannot_be_checked_is_an_error(string url, string error)
    {
        var result = await _rig.CheckAsync(url);
        Assert.Equal((CheckOutcome.Error, error), (result.Outcome, result.Error));
    }
}
