using System.Buffers.Binary;
using System.Net;
using System.Text;
using Beacon.Client.Discovery;

namespace Beacon.Client.Tests.Discovery;

/// <summary>What is read out of mDNS answers, and what is not. Discovery on a real wire is in clients/tests.</summary>
public sealed class AnswerReaderTests
{
    private const ushort Number = 0x1234;
    private const ushort Answer = 0x8400;
    private const ushort Internet = 1;
    private const ushort CacheFlush = 0x8000;
    private static readonly string[] Service = ["_beacon", "_tcp", "local"];
    private static readonly string[] Instance = ["Beacon", .. Service];
    private static readonly string[] Host = ["beacon", "local"];
    private static readonly IPAddress Source = IPAddress.Parse("192.0.2.1");

    private static readonly byte[] Pointer = Record(Service, DnsType.Pointer, Name(Instance));
    private static readonly byte[] Place = Record(Instance, DnsType.Service, [.. Words(0, 0, 8080), .. Name(Host)], Internet | CacheFlush);
    private static readonly byte[] Address = Record(Host, DnsType.Address, Source.GetAddressBytes());

    [Fact]
    public void The_address_comes_from_the_answer_and_the_path_from_its_text()
    {
        Assert.Equal("http://192.0.2.1:8080/my/api/", Read(Source, Pointer, Place, Text("path=/", "api=/my/api"), Address));
        Assert.Equal("http://192.0.2.1:8080/api/v1/", Read(Source, Pointer, Place, Address));
    }

    [Fact]
    public void Names_are_compared_without_regard_to_case()
    {
        var loud = Record(["BEACON", .. Service], DnsType.Service, [.. Words(0, 0, 81), .. Name(["Beacon", "LOCAL"])]);

        Assert.Equal("http://192.0.2.1:81/api/v1/", Read(Source, Pointer, loud, Address));
    }

    [Fact]
    public void Of_several_addresses_the_one_that_answered_is_taken_then_IPv4()
    {
        var other = Record(Host, DnsType.Address, [198, 51, 100, 9]);
        var six = Record(Host, DnsType.Address6, IPAddress.Parse("fd00::1").GetAddressBytes());
        var link = Record(Host, DnsType.Address6, IPAddress.Parse("fe80::1").GetAddressBytes());
        var far = IPAddress.Parse("fe80::9");

        Assert.Equal("http://192.0.2.1:8080/api/v1/", Read(Source, Pointer, Place, other, Address));
        Assert.Equal("http://192.0.2.1:8080/api/v1/", Read(far, Pointer, Place, six, Address));
        Assert.Equal("http://[fd00::1]:8080/api/v1/", Read(far, Pointer, Place, six, link));
        Assert.Null(Read(far, Pointer, Place, link));
    }

    [Fact]
    public void An_answer_to_another_question_is_none()
    {
        byte[][] whole = [Pointer, Place, Address];
        Assert.Null(AnswerReader.Read(Datagram(Number + 1, Answer, whole), Number, Source));
        Assert.Null(AnswerReader.Read(Datagram(Number, 0, whole), Number, Source));
        Assert.Null(AnswerReader.Read(Datagram(Number, Answer | 3, whole), Number, Source));
        Assert.Null(Read(Source, Place, Address));
        Assert.Null(Read(Source, Pointer, Address));
        Assert.Null(Read(Source, Pointer, Place));
    }

    [Theory]
    [InlineData("@evil.example")]
    [InlineData("/a b")]
    [InlineData("/a\r\nX: y")]
    [InlineData("/a?b")]
    [InlineData("/a#b")]
    [InlineData("/ä")]
    public void A_path_that_could_lead_elsewhere_is_not_taken(string path) =>
        Assert.Equal("http://192.0.2.1:8080/api/v1/", Read(Source, Pointer, Place, Text("api=" + path), Address));

    [Fact]
    public void Pointers_in_circles_and_forward_end()
    {
        byte[][] names = [[0xC0, 12], [0xC0, 14, 0xC0, 12], [0xC0, 0xFF], [1, 97, 0xC0, 12], [0x3F], [0x80], [0xC0]];
        Assert.All(names, name => Assert.Null(AnswerReader.Read([.. Words(Number, Answer, 1, 1, 0, 0), .. name, 0, 12, 0, 1], Number, Source)));
    }

    [Fact]
    public void No_damage_is_more_than_no_answer()
    {
        const int Runs = 20_000;
        var whole = Datagram(Number, Answer, [Pointer, Place, Text("api=/my/api"), Address]);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Null(AnswerReader.Read(whole.AsSpan(0, length), Number, Source)));
        for (var run = 0; run < Runs; run++)
        {
            byte[] damaged = [.. whole];
            for (var bytes = Random.Shared.Next(1, 6); bytes > 0; bytes--)
            {
                damaged[Random.Shared.Next(2, damaged.Length)] = (byte)Random.Shared.Next(256);
            }

            var found = AnswerReader.Read(damaged, Number, Source);
            Assert.True(found is null or { Scheme: "http" }, Convert.ToHexString(damaged));
        }
    }

    [Fact]
    public void Counts_that_lie_cost_nothing()
    {
        Assert.Null(AnswerReader.Read(Words(Number, Answer, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF), Number, Source));
        Assert.Null(AnswerReader.Read([.. Words(Number, Answer, 0, 0xFFFF, 0, 0), .. new byte[8988]], Number, Source));
    }

    private static string? Read(IPAddress source, params byte[][] records) => AnswerReader.Read(Datagram(Number, Answer, records), Number, source)?.AbsoluteUri;

    private static byte[] Datagram(int number, int flags, byte[][] records) =>
        [.. Words(number, flags, 1, records.Length, 0, 0), .. Name(Service), .. Words((int)DnsType.Pointer, Internet), .. records.SelectMany(record => record)];

    private static byte[] Record(string[] name, DnsType type, byte[] data, int ofClass = Internet) =>
        [.. Name(name), .. Words((int)type, ofClass, 0, 10, data.Length), .. data];

    private static byte[] Text(params string[] entries) =>
        Record(Instance, DnsType.Text, [.. entries.SelectMany(entry => (byte[])[(byte)Encoding.UTF8.GetByteCount(entry), .. Encoding.UTF8.GetBytes(entry)])]);

    private static byte[] Name(string[] labels) => [.. labels.SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static byte[] Words(params int[] values) => [.. values.SelectMany(value =>
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    })];
}
