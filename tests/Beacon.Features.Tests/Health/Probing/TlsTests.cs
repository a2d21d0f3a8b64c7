using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class TlsTests : IDisposable
{
    private static readonly HealthCheckRequest Insecure = new() { Insecure = true };
    private readonly ProbeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    private static X509Certificate2 Certificate(int fromDays, int toDays, string name = "127.0.0.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
    }

    [Fact]
    public async Task A_self_signed_certificate_fails_the_check_and_its_end_is_told()
    {
        using var certificate = Certificate(-1, 30);
        await using var server = RawServer.Saying(RawServer.Ok("fine"), certificate);
        var result = await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/");
        Assert.Equal(
            (CheckOutcome.Error, "the certificate is signed by nobody but itself (health_check_insecure accepts it)"), (result.Outcome, result.Error));
        Assert.Equal(certificate.NotAfter.ToUniversalTime(), result.CertificateExpiresAt!.Value.UtcDateTime);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_insecure_check_accepts_it_and_tells_its_end_on_kept_connections_too()
    {
        using var certificate = Certificate(-1, 30);
        await using var server = RawServer.Saying(RawServer.Ok("fine"), certificate);
        for (var i = 0; i < 3; i++)
        {
            var result = await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/", Insecure);
            Assert.True(result.Passed, result.Error);
            Assert.Equal(certificate.NotAfter.ToUniversalTime(), result.CertificateExpiresAt!.Value.UtcDateTime);
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_check_that_wants_a_good_certificate_does_not_use_a_connection_that_did_not_care()
    {
        using var certificate = Certificate(-1, 30);
        await using var server = RawServer.Saying(RawServer.Ok("fine"), certificate);
        Assert.True((await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/", Insecure)).Passed);
        Assert.False((await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/")).Passed);
    }

    [Theory]
    [InlineData(-30, -1, "the certificate expired on ")]
    [InlineData(1, 30, "the certificate is not valid before ")]
    public async Task A_certificate_out_of_its_time_says_so(int from, int to, string begin)
    {
        using var certificate = Certificate(from, to);
        await using var server = RawServer.Saying(RawServer.Ok("fine"), certificate);
        var result = await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/");
        Assert.Equal(CheckOutcome.Error, result.Outcome);
        Assert.StartsWith(begin, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_without_TLS_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var checking = _rig.CheckAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await RawServer.WriteAsync(client.GetStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
        var result = await checking;
        Assert.Equal((CheckOutcome.Error, "no TLS connection comes about: does the port speak https?"), (result.Outcome, result.Error));
    }

    [Fact]
    public async Task From_https_to_http_is_not_followed()
    {
        using var certificate = Certificate(-1, 30);
        await using var server = RawServer.Saying("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", certificate);
        Assert.Equal(
            "redirects from https to http, which is not followed", (await _rig.CheckAsync($"https://127.0.0.1:{server.Port}/", Insecure)).Error);
    }

    [Fact]
    public async Task A_name_is_what_the_server_is_asked_for_although_the_connection_goes_to_an_address()
    {
        using var certificate = Certificate(-1, 30, "nas.lan");
        await using var server = RawServer.Saying(RawServer.Ok("fine"), certificate);
        _rig.Resolver.With("nas.lan", "127.0.0.1").With("other.lan", "127.0.0.1");
        var result = await _rig.CheckAsync($"https://nas.lan:{server.Port}/", Insecure, host: "nas.lan");
        Assert.True(result.Passed, result.Error);
        Assert.Contains($"Host: nas.lan:{server.Port}\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);

        // Another name at the same address is another connection: the server may show another certificate.
        await _rig.CheckAsync($"https://other.lan:{server.Port}/", Insecure, host: "other.lan");
        Assert.Equal(2, server.Connections);
    }
}
