using Beacon.Mdns.Tests.Transport.Support;
using Beacon.Mdns.Transport;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Tests.Transport;

public class InterfaceFilterTests
{
    [Fact]
    public void An_ordinary_interface_is_used_with_both_families()
    {
        var link = Assert.Single(Choose(null, Interfaces.Make(2, "eth0", Interfaces.Ethernet, "192.168.1.5/24", "fe80::1/64")));
        Assert.Equal((2, "eth0", 1500, true, true), (link.Index, link.Name, link.Mtu, link.HasIPv4, link.HasIPv6));
        Assert.Equal(2, link.Addresses.Count);
    }

    [Theory]
    [InlineData("docker0")]
    [InlineData("br-12ab34cd56ef")]
    [InlineData("veth12ab34c")]
    [InlineData("cni0")]
    [InlineData("tailscale0")]
    [InlineData("virbr0")]
    [InlineData("wg0")]
    public void Networks_of_containers_and_tunnels_are_left_alone(string name) =>
        Assert.Empty(Choose(null, Interfaces.Make(2, name, Interfaces.Ethernet, "172.17.0.1/16")));

    [Theory]
    [InlineData(InterfaceFlags.Up | InterfaceFlags.Running)]
    [InlineData(Interfaces.Ethernet | InterfaceFlags.Loopback)]
    [InlineData(Interfaces.Ethernet | InterfaceFlags.PointToPoint)]
    [InlineData(InterfaceFlags.Running | InterfaceFlags.Multicast)]
    [InlineData(InterfaceFlags.Up | InterfaceFlags.Multicast)]
    internal void Unsuitable_interfaces_are_left_alone(InterfaceFlags flags) =>
        Assert.Empty(Choose(null, Interfaces.Make(2, "eth0", flags, "192.168.1.5/24")));

    [Fact]
    public void A_bridge_of_the_operators_own_is_used() =>
        Assert.Single(Choose(null, Interfaces.Make(2, "br0", Interfaces.Ethernet, "192.168.1.5/24")));

    [Fact]
    public void A_wanted_interface_is_used_whatever_its_kind()
    {
        var interfaces = new[]
        {
            Interfaces.Make(1, "lo", InterfaceFlags.Up | InterfaceFlags.Running | InterfaceFlags.Loopback, "127.0.0.1/8"),
            Interfaces.Make(2, "eth0", Interfaces.Ethernet, "192.168.1.5/24"),
            Interfaces.Make(3, "docker0", Interfaces.Ethernet, "172.17.0.1/16"),
        };
        Assert.Equal(["lo", "docker0"], Choose(["lo", "dock*"], interfaces).Select(link => link.Name));
    }

    [Fact]
    public void A_wanted_interface_that_is_down_is_not_used() =>
        Assert.Empty(Choose(["eth0"], Interfaces.Make(2, "eth0", InterfaceFlags.Multicast, "192.168.1.5/24")));

    [Fact]
    public void An_interface_without_usable_address_waits_for_one()
    {
        var state = Interfaces.Make(2, "eth0", Interfaces.Ethernet) with
        {
            Addresses = [Interfaces.Address("fe80::1/64", AddressFlags.Tentative)],
        };
        Assert.Empty(Choose(null, state));
    }

    [Theory]
    [InlineData(AddressFlags.None, true)]
    [InlineData(AddressFlags.Tentative, false)]
    [InlineData(AddressFlags.Tentative | AddressFlags.Optimistic, true)]
    [InlineData(AddressFlags.Duplicate, false)]
    [InlineData(AddressFlags.Deprecated, false)]
    [InlineData(AddressFlags.Temporary, false)]
    internal void An_address_is_used_once_it_is_surely_ours(AddressFlags flags, bool isUsable) =>
        Assert.Equal(isUsable, Interfaces.Address("2001:db8::5/64", flags).IsUsable);

    [Fact]
    public void A_second_address_of_the_same_subnet_is_used_too() =>
        Assert.True(Interfaces.Address("192.168.1.6/24", AddressFlags.Temporary).IsUsable);

    private static IReadOnlyList<LinkInfo> Choose(IReadOnlyList<string>? wanted, params InterfaceState[] interfaces) =>
        new InterfaceFilter(wanted).Choose(interfaces);
}
