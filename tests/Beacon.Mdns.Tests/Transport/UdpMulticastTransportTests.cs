using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Tests.Transport.Support;
using Beacon.Mdns.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Transport;

/// <summary>Real sockets on a cable of their own: eth0 is the transport's end, peer the other host's.</summary>
public class UdpMulticastTransportTests
{
    private static readonly byte[] Hello = [1, 2, 3, 4, 5];
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    [Fact]
    public void Both_families_are_sent_to_the_group_with_full_hop_limit_and_come_back_on_the_same_link() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        var link = Assert.Single(transport.Links);
        Assert.True(link is { HasIPv4: true, HasIPv6: true, Mtu: 1500 });
        using var peer = new Listener();

        transport.Sender.SendToGroup(link.Index, ipv6: false, Hello);
        var (source, ttl) = peer.Receive();
        Assert.Equal("10.77.1.1:5353", source.ToString());
        Assert.Equal(255, ttl);

        var own = transport.Received.Take(datagram => !datagram.Source.Address.IsIPv6LinkLocal);
        Assert.Equal((link.Index, true), (own.LinkIndex, own.ToGroup));
        Assert.Equal(Hello, own.Bytes);

        transport.Sender.SendToGroup(link.Index, ipv6: true, Hello);
        var second = transport.Received.Take(datagram => datagram.Source.AddressFamily == AddressFamily.InterNetworkV6);
        Assert.True(second.Source.Address.IsIPv6LinkLocal);
        Assert.Equal((link.Index, true), (second.LinkIndex, second.ToGroup));
        Assert.Equal(0, transport.Sender.SendFailures);
    });

    [Fact]
    public void Each_link_hears_what_arrives_on_it_and_nothing_else() => WithCable(() =>
    {
        using var transport = new Running("*e*");
        Assert.Equal(["peer", "eth0"], transport.Links.Select(link => link.Name));
        var from = transport.Links[1];
        foreach (var ipv6 in new[] { false, true })
        {
            for (var count = 0; count < 20; count++)
            {
                transport.Sender.SendToGroup(from.Index, ipv6, Hello);
                var heard = new[] { transport.Received.Take(_ => true).LinkIndex, transport.Received.Take(_ => true).LinkIndex };
                Assert.Equal(transport.Links.Select(link => link.Index).Order(), heard.Order());
            }
        }

        Assert.False(transport.Received.HasAny(_ => true, Moment));
    });

    [Fact]
    public void A_neighbour_is_heard_on_the_group_and_at_our_address_and_can_be_answered() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        peer.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Parse("10.77.1.2").GetAddressBytes());
        peer.ReceiveTimeout = 5_000;

        peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("224.0.0.251"), 5353));
        var toGroup = transport.Received.Take(datagram => datagram.ToGroup);
        Assert.Equal(peer.LocalEndPoint, toGroup.Source);

        peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        var direct = transport.Received.Take(datagram => !datagram.ToGroup);
        Assert.Equal(peer.LocalEndPoint, direct.Source);

        transport.Sender.SendTo(direct.LinkIndex, direct.Source, Hello);
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        Assert.Equal(Hello.Length, peer.ReceiveFrom(new byte[100], ref from));
        Assert.Equal("10.77.1.1:5353", from.ToString());
    });

    [Fact]
    public void With_another_responder_on_the_host_nothing_sent_to_our_address_is_taken_from_it() => WithCable(() =>
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        other.Bind(new IPEndPoint(IPAddress.Any, 5353));
        other.ReceiveTimeout = 5_000;
        using var transport = new Running("eth0");
        Assert.True(transport.Sender.SharesPort);

        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        for (var count = 0; count < 60; count++)
        {
            peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
            Assert.Equal(Hello.Length, other.Receive(new byte[100]));
        }

        Assert.False(transport.Received.HasAny(datagram => !datagram.ToGroup, Moment));
    });

    [Fact]
    public void Next_to_a_socket_that_shares_in_the_other_way_both_hear_the_group() => WithCable(() =>
    {
        const int SocketLevel = 1;
        const int ReusePort = 15;
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.SetRawSocketOption(SocketLevel, ReusePort, [1, 0, 0, 0]);
        other.Bind(new IPEndPoint(IPAddress.Any, 5353));
        using var transport = new Running("eth0");
        var link = Assert.Single(transport.Links);
        Assert.True(link.HasIPv4);
        transport.Sender.SendToGroup(link.Index, ipv6: false, Hello);
        Assert.Equal(link.Index, transport.Received.Take(_ => true).LinkIndex);
    });

    [Fact]
    public void Alone_on_the_host_the_port_is_not_shared() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        Assert.False(transport.Sender.SharesPort);
    });

    [Fact]
    public void A_responder_that_starts_later_gets_what_is_sent_to_our_address() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        Assert.False(transport.Sender.SharesPort);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        other.Bind(new IPEndPoint(IPAddress.Any, 5353));
        other.ReceiveTimeout = 5_000;

        // Any change makes the transport look around at once; without one it does so every ten seconds.
        NetworkNamespace.Shell("ip addr add 10.77.1.7/24 dev eth0");
        transport.WaitFor(_ => transport.Sender.SharesPort);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        Assert.Equal(Hello.Length, other.Receive(new byte[100]));

        other.Close();
        NetworkNamespace.Shell("ip addr add 10.77.1.8/24 dev eth0");
        transport.WaitFor(_ => !transport.Sender.SharesPort);
        peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        Assert.False(transport.Received.Take(_ => true).ToGroup);
    });

    [Fact]
    public void A_datagram_from_another_subnet_is_heard_on_the_group_but_not_at_our_address() => WithCable(() =>
    {
        NetworkNamespace.Shell("ip addr add 10.99.9.4/24 dev peer; ip route add 10.99.9.0/24 dev eth0 metric 5");
        using var transport = new Running("eth0");
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        far.Bind(new IPEndPoint(IPAddress.Parse("10.99.9.4"), 0));
        far.SendTo([9], new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        far.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Parse("10.99.9.4").GetAddressBytes());
        far.SendTo([8], new IPEndPoint(IPAddress.Parse("224.0.0.251"), 5353));
        Assert.Equal([8], transport.Received.Take(_ => true).Bytes);
        Assert.False(transport.Received.HasAny(_ => true, Moment));
    });

    [Fact]
    public void A_datagram_of_more_than_9000_bytes_is_dropped_and_the_next_is_heard() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        peer.SendTo(new byte[9_001], new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        peer.SendTo(new byte[9_000], new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        Assert.Equal(9_000, transport.Received.Take(_ => true).Bytes.Length);
    });

    [Fact]
    public void An_empty_datagram_is_handed_over_like_any_other() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        peer.SendTo([], new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        Assert.Empty(transport.Received.Take(_ => true).Bytes);
    });

    [Fact]
    public void Interfaces_that_come_change_and_go_are_followed() => NetworkNamespace.Run(() =>
    {
        NetworkNamespace.Shell("ip link set lo up");
        using var transport = new Running("eth0");
        Assert.Empty(transport.Links);

        MakeCable();
        var link = transport.WaitFor(links => links.Count == 1 && links[0] is { HasIPv4: true, HasIPv6: true })[0];
        NetworkNamespace.Shell("ip addr add 10.77.1.7/24 dev eth0");
        transport.WaitFor(links => links.Count == 1 && links[0].Addresses.Any(own => own.Address.ToString() == "10.77.1.7"));
        NetworkNamespace.Shell("ip link del eth0");
        transport.WaitFor(links => links.Count == 0);

        MakeCable();
        var again = transport.WaitFor(links => links.Count == 1 && links[0].HasIPv4)[0];
        Assert.NotEqual(link.Index, again.Index);
        transport.Sender.SendToGroup(again.Index, ipv6: false, Hello);
        Assert.Equal(again.Index, transport.Received.Take(datagram => datagram.ToGroup).LinkIndex);
    });

    [Fact]
    public void Sending_on_a_link_that_is_gone_harms_nobody() => WithCable(() =>
    {
        using var transport = new Running("eth0");
        var link = transport.Links[0];
        NetworkNamespace.Shell("ip link del eth0");
        transport.Sender.SendToGroup(link.Index, ipv6: false, Hello);
        transport.Sender.SendToGroup(4711, ipv6: true, Hello);
        transport.WaitFor(links => links.Count == 0);
        transport.Sender.SendToGroup(link.Index, ipv6: false, Hello);
    });

    [Fact]
    public void Waiting_ends_when_woken_also_when_that_came_first() => WithCable(() =>
    {
        var transport = new UdpMulticastTransport(["eth0"], TimeProvider.System, NullLogger.Instance);
        transport.Start();
        transport.Wake();
        transport.Wake();
        Assert.False(transport.Wait(Longest, (_, _, _, _) => { }));

        // Once seen it is over: the next wait lasts as long as it may.
        var start = TimeProvider.System.GetTimestamp();
        transport.Wait(Moment, (_, _, _, _) => { });
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= Moment);
        transport.DisposeAsync().AsTask().Wait();
        transport.Wake();
    });

    [Fact]
    public void Datagrams_that_nobody_reads_in_time_are_counted() => WithCable(() =>
    {
        const int Enough = 20_000;
        var transport = new UdpMulticastTransport(["eth0"], TimeProvider.System, NullLogger.Instance);
        transport.Start();
        Assert.Equal(0, transport.Dropped);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.Bind(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 0));
        for (var count = 0; count < Enough; count++)
        {
            peer.SendTo(Hello, new IPEndPoint(IPAddress.Parse("10.77.1.1"), 5353));
        }

        Assert.InRange(transport.Dropped, 1, Enough);
        transport.DisposeAsync().AsTask().Wait();
    });

    private static void WithCable(Action body) => NetworkNamespace.Run(() =>
    {
        NetworkNamespace.Shell("ip link set lo up");
        MakeCable();
        body();
    });

    /// <summary>Both ends in one namespace, so each must accept datagrams that carry the other's address. Returns once they carry.</summary>
    private static void MakeCable() => NetworkNamespace.Shell(
        """
        ip link add eth0 type veth peer name peer
        for i in all eth0 peer; do echo 1 > /proc/sys/net/ipv4/conf/$i/accept_local; echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done
        for i in eth0 peer; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done
        ip addr add 10.77.1.1/24 dev eth0
        ip addr add 10.77.1.2/24 dev peer
        ip link set peer up
        ip link set eth0 up
        for i in eth0 peer; do
          until ip link show $i | grep -q 'state UP' && ip -6 addr show dev $i -tentative | grep -q inet6; do sleep 0.05; done
        done
        """);

    private sealed class Running : IDisposable
    {
        private readonly SemaphoreSlim _changed = new(0);
        private readonly Thread _thread;
        private volatile bool _isStopping;

        public Running(string wanted)
        {
            Sender = new UdpMulticastTransport([wanted], TimeProvider.System, NullLogger.Instance);
            Sender.Start();
            _thread = new Thread(Wait) { IsBackground = true };
            _thread.Start();
        }

        public UdpMulticastTransport Sender { get; }

        public Received Received { get; } = new();

        public IReadOnlyList<LinkInfo> Links => Sender.Links;

        public IReadOnlyList<LinkInfo> WaitFor(Func<IReadOnlyList<LinkInfo>, bool> wanted)
        {
            while (!wanted(Sender.Links))
            {
                Assert.True(_changed.Wait(Longest), "The interfaces were not followed.");
            }

            return Sender.Links;
        }

        public void Dispose()
        {
            var start = TimeProvider.System.GetTimestamp();
            _isStopping = true;
            Sender.Wake();
            _thread.Join();
            Sender.DisposeAsync().AsTask().Wait();
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(1), "Stopping took too long.");
            _changed.Dispose();
        }

        private void Wait()
        {
            while (!_isStopping)
            {
                if (Sender.Wait(Timeout.InfiniteTimeSpan, Received.Add))
                {
                    _changed.Release();
                }
            }
        }
    }

    /// <summary>A neighbour's ear on the group that sees the IP header too.</summary>
    private sealed class Listener : IDisposable
    {
        private const int TtlAt = 8;
        private const int SourceAt = 12;
        private const int UdpAt = 20;

        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Udp);

        public Listener()
        {
            _socket.SetSocketOption(
                SocketOptionLevel.IP,
                SocketOptionName.AddMembership,
                new MulticastOption(IPAddress.Parse("224.0.0.251"), IPAddress.Parse("10.77.1.2")));
            _socket.ReceiveTimeout = 5_000;
        }

        public (IPEndPoint Source, int Ttl) Receive()
        {
            var packet = new byte[200];
            Assert.True(_socket.Receive(packet) > UdpAt);
            var port = (packet[UdpAt] << 8) | packet[UdpAt + 1];
            return (new IPEndPoint(new IPAddress(packet.AsSpan(SourceAt, 4)), port), packet[TtlAt]);
        }

        public void Dispose() => _socket.Dispose();
    }
}
