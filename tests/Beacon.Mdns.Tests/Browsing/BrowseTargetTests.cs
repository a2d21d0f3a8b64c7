using Beacon.Mdns.Browsing;

namespace Beacon.Mdns.Tests.Browsing;

public class BrowseTargetTests
{
    [Theory]
    [InlineData("http", "_http._tcp.local")]
    [InlineData("_http", "_http._tcp.local")]
    [InlineData("_http._tcp", "_http._tcp.local")]
    [InlineData("_sleep-proxy._udp", "_sleep-proxy._udp.local")]
    [InlineData("_http._tcp.local.", "_http._tcp.local")]
    [InlineData("_http._tcp.example.org", "_http._tcp.example.org")]
    [InlineData("_printer._sub._http._tcp", "_printer._sub._http._tcp.local")]
    public void A_type_may_be_typed_short_or_whole(string typed, string asked) =>
        Assert.Equal(asked, BrowseTarget.ForType(typed, "local")?.Text);

    [Theory]
    [InlineData("")]
    [InlineData("bad type")]
    [InlineData("_http._sctp")]
    [InlineData("http._tcp.local")]
    [InlineData("_a._b._http._tcp")]
    [InlineData("_._tcp")]
    public void What_is_no_type_is_none(string typed) => Assert.Null(BrowseTarget.ForType(typed, "local"));

    [Theory]
    [InlineData("Office Printer._ipp._tcp", BrowseKind.Instance, "Office Printer._ipp._tcp.local")]
    [InlineData("Dr. Jekyll._http._tcp.local", BrowseKind.Instance, @"Dr\. Jekyll._http._tcp.local")]
    [InlineData(@"Dr\. Jekyll._http._tcp.local", BrowseKind.Instance, @"Dr\. Jekyll._http._tcp.local")]
    [InlineData("Küche._mqtt._tcp", BrowseKind.Instance, "Küche._mqtt._tcp.local")]
    [InlineData("nas", BrowseKind.Host, "nas.local")]
    [InlineData("nas.local.", BrowseKind.Host, "nas.local")]
    [InlineData("10.77.1.50", BrowseKind.Address, "10.77.1.50")]
    [InlineData("fe80::1", BrowseKind.Address, "fe80::1")]
    public void A_name_is_a_service_a_host_or_an_address(string typed, BrowseKind kind, string text)
    {
        var target = BrowseTarget.ForName(typed, "local");

        Assert.Equal((kind, text), (target?.Kind, target?.Text));
    }

    [Fact]
    public void An_IPv6_address_is_reversed_digit_by_digit() => Assert.Equal(
        "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa",
        Wire.WireName.ToText(BrowseTarget.ForName("fe80::1", "local")!.Name));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("a-label-of-more-than-sixty-three-bytes-is-not-a-label-of-any-name-in-dns.local")]
    public void What_is_no_name_is_none(string typed) => Assert.Null(BrowseTarget.ForName(typed, "local"));
}
