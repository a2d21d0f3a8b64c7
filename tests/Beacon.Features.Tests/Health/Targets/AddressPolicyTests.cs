using System.Net;
using Beacon.Features.Health.Targets;

namespace Beacon.Features.Tests.Health.Targets;

/// <summary>B20: where a check may go, address by address.</summary>
public sealed class AddressPolicyTests
{
    private static readonly OwnAddress[] Own =
    [
        new(IPAddress.Loopback, 8), new(IPAddress.IPv6Loopback, 128), new(IPAddress.Parse("192.168.1.10"), 24),
        new(IPAddress.Parse("172.17.0.1"), 16), new(IPAddress.Parse("fd12:3456::10"), 64), new(IPAddress.Parse("fe80::10"), 64),
        new(IPAddress.Parse("10.99.0.1"), 0),
    ];

    private static AddressPolicy Policy(params string[] allow) => new([.. allow.Select(IPNetwork.Parse)], () => 8080, () => Own);

    [Theory]
    [InlineData("127.0.0.1", "inside of Beacon's own machine")]
    [InlineData("127.255.255.254", "inside of Beacon's own machine")]
    [InlineData("::1", "inside of Beacon's own machine")]
    [InlineData("0.0.0.0", "stands for no machine")]
    [InlineData("0.1.2.3", "stands for no machine")]
    [InlineData("::", "stands for no machine")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("169.254.0.1", "link-local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::a9fe:a9fe", "link-local")]
    [InlineData("febf::1", "link-local")]
    [InlineData("fd00:ec2::254", "credentials")]
    [InlineData("100.100.100.200", "credentials")]
    [InlineData("168.63.129.16", "credentials")]
    [InlineData("192.0.0.192", "credentials")]
    [InlineData("224.0.0.251", "group")]
    [InlineData("239.255.255.250", "group")]
    [InlineData("ff02::fb", "group")]
    [InlineData("255.255.255.255", "every machine")]
    [InlineData("192.168.1.255", "every machine")]
    [InlineData("192.168.1.0", "every machine")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("::ffff:127.0.0.1", "inside of Beacon's own machine")]
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("::127.0.0.1", "stands for 127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1", "stands for 127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1", "stands for 127.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254", "stands for 169.254.169.254")]
    [InlineData("64:ff9b:1::169.254.169.254", "stands for 169.254.169.254")]
    [InlineData("2002:7f00:1::", "stands for 127.0.0.1")]
    [InlineData("2002:a9fe:a9fe::1", "stands for 169.254.169.254")]
    [InlineData("2001:0:5ef5:79fd:0:0:5601:5601", "stands for 169.254.169.254")]
    [InlineData("2001:db8::5efe:127.0.0.1", "stands for 127.0.0.1")]
    [InlineData("fd12:3456::200:5efe:169.254.169.254", "stands for 169.254.169.254")]
    public void B20_no_service_may_point_there_be_it_its_own_host_or_not(string address, string reason)
    {
        var parsed = IPAddress.Parse(address);
        Assert.Contains(reason, Policy().Objection(parsed, 80), StringComparison.Ordinal);

        var url = address.Contains(':', StringComparison.Ordinal) ? $"http://[{address}]/" : $"http://{address}/";
        Assert.False(Policy().TryValidate(url, "nas.lan", null, out var problem));
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.1.10")]
    [InlineData("172.17.0.1")]
    [InlineData("fd12:3456::10")]
    [InlineData("::ffff:192.168.1.10")]
    [InlineData("64:ff9b::192.168.1.10")]
    public void B20_Beacon_itself_is_no_target_at_its_own_port(string address)
    {
        Assert.Contains("that is Beacon itself", Policy().Objection(IPAddress.Parse(address), 8080), StringComparison.Ordinal);
        Assert.Null(Policy().Objection(IPAddress.Parse(address), 8081));
    }

    [Theory]
    [InlineData("http://192.168.1.77:8080/", "192.168.1.77")]
    [InlineData("http://192.168.1.78/", "192.168.1.77")]
    [InlineData("http://192.168.1.10:3000/", "192.168.1.10")]
    [InlineData("http://172.17.0.5/", "nas")]
    [InlineData("http://[fd12:3456::77]/", "nas")]
    [InlineData("tcp://10.20.30.40:22", "10.20.30.40")]
    [InlineData("http://10.20.30.40/", "172.18.0.3 10.20.30.40")]
    [InlineData("https://203.0.113.7/", "203.0.113.7")]
    [InlineData("http://nas.lan/", "192.168.1.77")]
    [InlineData("http://203.0.113.7/", "nas.example")]
    [InlineData("http://localhost:3000/", "localhost")]
    [InlineData("http://127.0.0.1:3000/", "0.0.0.0")]
    public void The_services_own_host_and_the_network_nearby_are_fine(string url, string host) =>
        Assert.True(Policy().TryValidate(url, host, IPAddress.Parse("192.168.1.77"), out var problem), problem);

    [Theory]
    [InlineData("http://203.0.113.7/", "192.168.1.77", "neither the service's own host nor on a network")]
    [InlineData("http://10.99.5.5/", "192.168.1.77", "neither the service's own host nor on a network")]
    [InlineData("http://10.20.30.40/", "localhost", "neither the service's own host nor on a network")]
    [InlineData("http://localhost/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://anything.localhost/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://LOCALHOST./", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://2130706433/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://0x7f.1/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://0177.0.0.1/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://127.1/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("tcp://2852039166:80", "192.168.1.77", "link-local")]
    [InlineData("tcp://0xa9fea9fe:80", "192.168.1.77", "link-local")]
    [InlineData("http://[::ffff:7f00:1]/", "192.168.1.77", "inside of Beacon's own machine")]
    [InlineData("http://[fe80::1%25eth0]/", "192.168.1.77", "link-local")]
    [InlineData("http://192.168.1.10:8080/", "192.168.1.10", "that is Beacon itself")]
    [InlineData("http://user:secret@192.168.1.77/", "192.168.1.77", "user or password")]
    [InlineData("http://192.168.1.77:0/", "192.168.1.77", "port 0")]
    [InlineData("tcp://192.168.1.77", "192.168.1.77", "no port")]
    [InlineData("ftp://192.168.1.77/", "192.168.1.77", "only http, https and tcp")]
    [InlineData("file:///etc/passwd", "192.168.1.77", "only http, https and tcp")]
    [InlineData("gopher://192.168.1.77:6379/_", "192.168.1.77", "only http, https and tcp")]
    [InlineData("/health", "192.168.1.77", null)]
    [InlineData("192.168.1.77:80/health", "192.168.1.77", null)]
    [InlineData("http://", "192.168.1.77", "not a complete URL")]
    [InlineData("http:///health", "192.168.1.77", "not a complete URL")]
    public void B20_what_is_wrong_with_a_URL_is_said_when_it_is_registered(string url, string host, string? reason)
    {
        Assert.False(Policy().TryValidate(url, host, IPAddress.Parse("192.168.1.77"), out var problem));
        Assert.Contains(reason ?? "", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_operator_allows_is_allowed()
    {
        var policy = Policy("127.0.0.0/8", "169.254.0.0/16", "203.0.113.0/24", "192.168.1.10/32");
        foreach (var url in new[] { "http://127.0.0.1/", "http://localhost/", "http://169.254.1.1/", "http://203.0.113.7/", "http://192.168.1.10:8080/", "http://[::ffff:127.0.0.1]/" })
        {
            Assert.True(policy.TryValidate(url, "192.168.1.77", null, out var problem), $"{url} {problem}");
        }

        Assert.False(policy.TryValidate("http://203.0.114.7/", "192.168.1.77", null, out _));
        Assert.False(policy.TryValidate("http://[::1]/", "192.168.1.77", null, out _));
    }

    [Theory]
    [InlineData("192.168.1.5/24", "192.168.1.0/24")]
    [InlineData("10.0.0.7", "10.0.0.7/32")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("::1", "::1/128")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    public void Ranges_are_read_as_people_write_them(string text, string range)
    {
        Assert.True(AddressRanges.TryParse(text, out var read));
        Assert.Equal(range, read.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("192.168.1.0/33")]
    [InlineData("192.168.1.0/-1")]
    [InlineData("192.168.1.0/ 8")]
    [InlineData("nas.lan")]
    [InlineData("fd00::/129")]
    public void What_is_no_range_is_none(string text) => Assert.False(AddressRanges.TryParse(text, out _));
}
