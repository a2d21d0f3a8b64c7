using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Transport;

public class SourceCacheTests
{
    private readonly SourceCache _cache = new();

    [Theory]
    [InlineData("10.77.1.2", 5353)]
    [InlineData("fe80::1%3", 40001)]
    [InlineData("fd77:1::2", 0)]
    public void An_address_of_the_kernel_is_read(string address, int port)
    {
        var wanted = new IPEndPoint(IPAddress.Parse(address), port);
        Assert.Equal(wanted, _cache.Find(Bytes(wanted)));
    }

    [Fact]
    public void A_host_that_talks_again_gets_the_same_object()
    {
        var address = Bytes(new IPEndPoint(IPAddress.Parse("10.77.1.2"), 5353));
        Assert.Same(_cache.Find(address), _cache.Find(address));
    }

    [Fact]
    public void Many_hosts_are_never_taken_for_one_another()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var host = 0; host < 2_000; host++)
            {
                var wanted = new IPEndPoint(new IPAddress([10, 77, (byte)(host / 250), (byte)(host % 250)]), 5353 + (host % 3));
                Assert.Equal(wanted, _cache.Find(Bytes(wanted)));
            }
        }
    }

    [Fact]
    public void Other_families_and_short_addresses_are_refused()
    {
        Assert.Null(_cache.Find([]));
        Assert.Null(_cache.Find(new byte[16]));
        Assert.Null(_cache.Find(Bytes(new IPEndPoint(IPAddress.IPv6Loopback, 1)).AsSpan(0, 16)));
    }

    private static byte[] Bytes(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..(endPoint.AddressFamily == AddressFamily.InterNetwork ? 16 : 28)].ToArray();
    }
}
