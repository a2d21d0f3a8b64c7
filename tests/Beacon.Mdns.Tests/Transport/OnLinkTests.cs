using System.Net;
using Beacon.Mdns.Tests.Transport.Support;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Transport;

public class OnLinkTests
{
    [Theory]
    [InlineData("10.77.1.200", true)]
    [InlineData("10.77.2.1", false)]
    [InlineData("10.99.9.4", false)]
    [InlineData("192.168.5.129", true)]
    [InlineData("192.168.5.127", false)]
    [InlineData("fd77:1::9", true)]
    [InlineData("fd77:2::9", false)]
    [InlineData("fe80::9", true)]
    public void Only_hosts_of_our_subnets_are_on_the_link(string address, bool isOnLink)
    {
        var link = new InterfaceFilter(null).Choose(
            [Interfaces.Make(2, "eth0", Interfaces.Ethernet, "10.77.1.1/24", "192.168.5.130/25", "fd77:1::1/64", "fe80::1/64")])[0];
        Assert.Equal(isOnLink, OnLink.Contains(link, IPAddress.Parse(address)));
    }
}
