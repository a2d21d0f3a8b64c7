using Beacon.Registry.Services;

namespace Beacon.Registry.Tests.Services;

public sealed class MdnsServiceTypesTests
{
    [Theory]
    [InlineData("mqtt", "tcp", "_mqtt._tcp")]
    [InlineData("HTTP", "http", "_http._tcp")]
    [InlineData("https", "https", "_https._tcp")]
    [InlineData("iot", "http", "_iot._tcp")]
    [InlineData("api", "http", "_http._tcp")]
    [InlineData("web", "http", "_http._tcp")]
    [InlineData("database", "tcp", "_db._tcp")]
    [InlineData("cache", "tcp", "_cache._tcp")]
    [InlineData("message_queue", "tcp", "_mq._tcp")]
    [InlineData("coap", "udp", "_coap._udp")]
    [InlineData("My Type", "tcp", "_my-type._tcp")]
    [InlineData("_printer._tcp", "http", "_printer._tcp")]
    [InlineData("_SYSLOG._UDP", "http", "_syslog._udp")]
    [InlineData("a--b__c", "tcp", "_a-b-c._tcp")]
    [InlineData("a-very-long-type-name", "tcp", "_a-very-long-typ._tcp")]
    [InlineData("0123456789abc-def", "tcp", "_0123456789abc-d._tcp")]
    [InlineData("12345", "tcp", "_http._tcp")]
    [InlineData("日本", "tcp", "_http._tcp")]
    public void A_type_is_announced_as(string type, string protocol, string announced)
    {
        Assert.Equal(announced, MdnsServiceTypes.For(type, protocol));
        Assert.True(MdnsServiceTypes.IsValid(announced));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http")]
    [InlineData("_http")]
    [InlineData("_http._sctp")]
    [InlineData("__http._tcp")]
    [InlineData("_-a._tcp")]
    [InlineData("_a-._tcp")]
    [InlineData("_a--b._tcp")]
    [InlineData("_123._tcp")]
    [InlineData("_sixteen-letters-._tcp")]
    [InlineData("_a b._tcp")]
    [InlineData("_._tcp")]
    [InlineData("_http._tcp.local")]
    public void RFC_6335_refuses(string? type) => Assert.False(MdnsServiceTypes.IsValid(type));
}
