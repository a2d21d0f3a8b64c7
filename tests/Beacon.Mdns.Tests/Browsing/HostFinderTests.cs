using Beacon.Mdns.Browsing;
using Beacon.Mdns.Tests.Kit;

namespace Beacon.Mdns.Tests.Browsing;

public class HostFinderTests
{
    private const ushort Cname = 5;

    private static PacketBuilder Alias(string name, string target, uint ttl = 120) =>
        PacketBuilder.Response().Answer(name, Cname, PacketBuilder.Name(target), ttl, flush: true);

    [Fact]
    public void Addresses_of_both_families_are_told_together()
    {
        var look = new BrowserHarness(BrowseTarget.ForName("nas.local", "local"));
        look.Network.Advance(200);
        look.Network.Receive(PacketBuilder.Response().Answer("nas.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        look.Network.Advance(50);
        look.Network.Receive(PacketBuilder.Response().Answer("nas.local", DecodedRecord.Aaaa, PacketBuilder.Address("2001:db8::50"), flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["10.77.1.50", "2001:db8::50"], Assert.Single(look.Hosts).Host.Addresses.Select(x => x.ToString()));
    }

    [Fact]
    public void An_alias_is_followed_to_its_host()
    {
        var look = new BrowserHarness(BrowseTarget.ForName("www.local", "local"));
        look.Network.Receive(Alias("www.local", "nas.local"));
        look.Network.Advance(200);
        Assert.NotEmpty(look.Network.Asked("nas.local", DecodedRecord.A));
        look.Network.Receive(PacketBuilder.Response().Answer("nas.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("nas.local", Assert.Single(look.Hosts).Host.Name);
    }

    /// <summary>Faults of this class ended avahi: CVE-2025-68468, CVE-2025-68471, CVE-2026-24401.</summary>
    [Fact]
    public void Aliases_in_circles_and_without_end_are_followed_to_a_bound()
    {
        var look = new BrowserHarness(BrowseTarget.ForName("a0.local", "local"));
        look.Network.Receive(Alias("a0.local", "a0.local"));
        for (var at = 0; at < 1000; at++)
        {
            look.Network.Receive(Alias($"a{at}.local", $"a{at + 1}.local"));
        }

        look.Network.Receive(Alias("a3.local", "a0.local"));
        look.Network.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(look.Hosts);
        Assert.Equal(9, look.Network.Sent.SelectMany(x => x.Message.Questions).Select(x => x.Name).Distinct().Count());
    }

    [Fact]
    public void RFC_6762_section_4_an_address_is_asked_for_by_its_reverse_name()
    {
        var look = new BrowserHarness(BrowseTarget.ForName("169.254.7.9", "local"));
        look.Network.Advance(200);
        Assert.Single(look.Network.Asked("9.7.254.169.in-addr.arpa", DecodedRecord.Ptr));
        look.Network.Receive(PacketBuilder.Response().Answer("9.7.254.169.in-addr.arpa", DecodedRecord.Ptr, PacketBuilder.Name("esp.local"), flush: true));
        look.Network.Advance(200);

        var host = Assert.Single(look.Hosts).Host;
        Assert.Equal(("esp.local", "169.254.7.9"), (host.Name, Assert.Single(host.Addresses).ToString()));
    }

    [Fact]
    public void A_host_that_leaves_is_told_as_gone()
    {
        var look = new BrowserHarness(BrowseTarget.ForName("nas", "local"));
        look.Network.Receive(PacketBuilder.Response().Answer("nas.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(1));
        look.Network.Receive(PacketBuilder.Response().Answer("nas.local", DecodedRecord.A, PacketBuilder.Address("10.77.1.50"), ttl: 0, flush: true));
        look.Network.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([BrowseEvent.Found, BrowseEvent.Gone], look.Hosts.Select(x => x.What));
        Assert.Equal(0, look.Answers);
    }
}
