using Beacon.Mdns.Tests.Transport.Support;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Transport;

public class LinkListsTests
{
    private static readonly LinkInfo Link = Make(2, "eth0", "10.77.1.1/24", "fe80::1/64");

    [Fact]
    public void The_order_of_addresses_is_no_change() =>
        Assert.True(LinkLists.Same([Link], [Make(2, "eth0", "fe80::1/64", "10.77.1.1/24")]));

    [Fact]
    public void Another_address_is_a_change() => Assert.False(LinkLists.Same([Link], [Make(2, "eth0", "10.77.1.2/24", "fe80::1/64")]));

    [Fact]
    public void A_further_address_is_a_change() =>
        Assert.False(LinkLists.Same([Link], [Make(2, "eth0", "10.77.1.1/24", "fe80::1/64", "fd77:1::1/64")]));

    [Fact]
    public void Another_prefix_length_is_a_change() => Assert.False(LinkLists.Same([Link], [Make(2, "eth0", "10.77.1.1/16", "fe80::1/64")]));

    [Fact]
    public void An_interface_made_anew_is_a_change() => Assert.False(LinkLists.Same([Link], [Make(3, "eth0", "10.77.1.1/24", "fe80::1/64")]));

    [Fact]
    public void A_family_without_socket_is_a_change() => Assert.False(LinkLists.Same([Link], [Link with { HasIPv6 = false }]));

    [Fact]
    public void One_more_interface_is_a_change() => Assert.False(LinkLists.Same([Link], [Link, Make(3, "eth1", "10.77.2.1/24")]));

    private static LinkInfo Make(int index, string name, params string[] addresses) =>
        new InterfaceFilter(null).Choose([Interfaces.Make(index, name, Interfaces.Ethernet, addresses)])[0];
}
