using Beacon.Features.Health.Probing;

namespace Beacon.Features.Tests.Health.Probing;

public sealed class CheckUrlTests
{
    [Theory]
    [InlineData("http://nas.lan/health", "http://nas.lan/health")]
    [InlineData("http://user:secret@nas.lan/health", "http://…@nas.lan/health")]
    [InlineData("http://user:sec@ret@nas.lan:80", "http://…@nas.lan:80")]
    [InlineData("http://nas.lan/health?token=secret", "http://nas.lan/health?…")]
    [InlineData("http://nas.lan?x=http://user:secret@y", "http://nas.lan?…")]
    [InlineData("http://nas.lan/a@b", "http://nas.lan/a@b")]
    [InlineData("user:secret@nas", "…")]
    [InlineData(null, "")]
    public void Logs_show_no_secrets(string? url, string shown) => Assert.Equal(shown, CheckUrl.Masked(url));

    [Theory]
    [InlineData("http://NAS.Lan./", "nas.lan", 80)]
    [InlineData("https://[FD12::1]:8443/x", "fd12::1", 8443)]
    [InlineData("tcp://Broker:1883", "broker", 1883)]
    [InlineData("http://münchen.example/", "xn--mnchen-3ya.example", 80)]
    public void Hosts_are_read_as_they_will_be_used(string url, string host, int port)
    {
        Assert.True(CheckUrl.TryParse(url, out var parsed, out _));
        Assert.Equal((host, port), (parsed.Host, parsed.Port));
    }
}
