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
    [InlineData("_ipp._tcp", "_ipp._tcp")]
    [InlineData("_ipp._tcp,_printer", "_ipp._tcp", "_printer")]
    [InlineData("_http._udp,_a,Ein Wort mit 日本", "_http._udp", "_a", "Ein Wort mit 日本")]
    public void Subtypes_stand_behind_the_type(string text, string plain, params string[] subtypes)
    {
        Assert.True(MdnsServiceTypes.IsValidWithSubtypes(text));
        Assert.Equal(plain, MdnsServiceTypes.Plain(text));
        Assert.Equal(subtypes, MdnsServiceTypes.Subtypes(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(",_printer")]
    [InlineData("_ipp._tcp,")]
    [InlineData("_ipp._tcp,_a,,_b")]
    [InlineData("_ipp._tcp,_a,_A")]
    [InlineData("_ipp._tcp,_a.b")]
    [InlineData("_ipp._tcp,1,2,3,4,5,6,7,8,9")]
    [InlineData("_ipp._tcp,日日日日日日日日日日日日日日日日日日日日日日")]
    public void Subtypes_that_are_no_labels_are_refused(string? text) => Assert.False(MdnsServiceTypes.IsValidWithSubtypes(text));

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
