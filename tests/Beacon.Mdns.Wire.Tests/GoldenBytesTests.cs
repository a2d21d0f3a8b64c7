using System.Net;
using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests;

/// <summary>Messages whose every byte is known.</summary>
public class GoldenBytesTests
{
    private const string HttpName = "05'_http'04'_tcp'05'local'00";

    private readonly byte[] _buffer = new byte[1472];

    [Fact]
    public void A_query_for_a_type()
    {
        var writer = Begin(HeaderFlags.MulticastQuery);
        Assert.True(writer.TryWriteQuestion(Names.Http, RecordType.Ptr, RecordClass.Internet, wantsUnicast: false));
        AssertBytes(writer, $"0000 0000 0001 0000 0000 0000 {HttpName} 000c 0001");
    }

    [Fact]
    public void A_query_that_welcomes_a_unicast_answer()
    {
        var writer = Begin(HeaderFlags.MulticastQuery);
        Assert.True(writer.TryWriteQuestion(Names.Http, RecordType.Ptr, RecordClass.Internet, wantsUnicast: true));
        AssertBytes(writer, $"0000 0000 0001 0000 0000 0000 {HttpName} 000c 8001");
    }

    [Fact]
    public void A_probe_has_its_proposals_in_the_authority_section_without_flush_bit()
    {
        var writer = Begin(HeaderFlags.MulticastQuery);
        Assert.True(writer.TryWriteQuestion(Names.Web, RecordType.Any, RecordClass.Internet, wantsUnicast: true));
        Assert.True(writer.TryWriteRecord(
            Section.Authority, Names.Web, RecordType.Txt, RecordClass.Internet, cacheFlush: false, 4500, TxtRecord.Empty));
        Assert.True(writer.TryWriteRecord(
            Section.Authority, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: false, 120, SrvRecord.Build(0, 0, 80, Names.Host)));
        AssertBytes(
            writer,
            $"0000 0000 0001 0000 0002 0000 03'Web'{HttpName} 00ff 8001"
            + "c00c 0010 0001 00001194 0001 00 c00c 0021 0001 00000078 000c 0000 0000 0050 03'nas' c01b");
    }

    [Fact]
    public void A_response_points_from_the_instance_to_its_type()
    {
        var writer = Begin(HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteRecord(
            Section.Answer, Names.Http, RecordType.Ptr, RecordClass.Internet, cacheFlush: false, 4500, PtrRecord.Build(Names.Web)));
        AssertBytes(writer, $"0000 8400 0000 0001 0000 0000 {HttpName} 000c 0001 00001194 0006 03'Web' c00c");
    }

    [Fact]
    public void A_goodbye_is_the_record_with_a_lifetime_of_zero()
    {
        var writer = Begin(HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteRecord(
            Section.Answer, Names.Http, RecordType.Ptr, RecordClass.Internet, cacheFlush: false, 0, PtrRecord.Build(Names.Web)));
        AssertBytes(writer, $"0000 8400 0000 0001 0000 0000 {HttpName} 000c 0001 00000000 0006 03'Web' c00c");
    }

    [Fact]
    public void An_address_with_flush_bit()
    {
        var writer = Begin(HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteRecord(
            Section.Answer, Names.Host, RecordType.A, RecordClass.Internet, cacheFlush: true, 120, ARecord.Build(IPAddress.Parse("10.77.1.1"))));
        AssertBytes(writer, "0000 8400 0000 0001 0000 0000 03'nas' 05'local'00 0001 8001 00000078 0004 0a4d0101");
    }

    [Theory]
    [InlineData("c00c 00 01 40", RecordType.A)]
    [InlineData("c00c 00 04 40000008", RecordType.A, RecordType.Aaaa)]
    [InlineData("c00c 00 04 00000008", RecordType.Aaaa)]
    [InlineData("c00c 00 05 0000800040", RecordType.Srv, RecordType.Txt)]
    [InlineData("c00c 00 02 0008", RecordType.Ptr, RecordType.Nsec)]
    public void A_denial_points_to_its_own_name_and_never_lists_itself(string rdata, params RecordType[] types)
    {
        var writer = Begin(HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteRecord(
            Section.Additional, Names.Host, RecordType.Nsec, RecordClass.Internet, cacheFlush: true, 120, NsecRecord.Build(Names.Host, types)));
        var bytes = Hex.Parse(rdata);
        AssertBytes(
            writer, $"0000 8400 0000 0000 0000 0001 03'nas' 05'local'00 002f 8001 00000078 {bytes.Length:x4} {rdata}");
    }

    [Fact]
    public void The_options_of_a_legacy_answer_have_a_size_for_a_class()
    {
        var writer = Begin(HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteRecord(Section.Additional, WireName.Root, RecordType.Opt, 0x9000, cacheFlush: false, 0, []));
        AssertBytes(writer, "0000 8400 0000 0000 0000 0001 00 0029 9000 00000000 0000");
    }

    [Fact]
    public void A_truncated_legacy_answer_repeats_id_and_recursion_bit()
    {
        var writer = new MessageWriter(_buffer);
        writer.Begin(0x1234, HeaderFlags.MulticastResponse | HeaderFlags.RecursionDesired);
        writer.MarkTruncated();
        AssertBytes(writer, "1234 8700 0000 0000 0000 0000");
    }

    private MessageWriter Begin(ushort flags)
    {
        var writer = new MessageWriter(_buffer);
        writer.Begin(0, flags);
        return writer;
    }

    private void AssertBytes(MessageWriter writer, string expected) =>
        Assert.Equal(Hex.Show(Hex.Parse(expected)), Hex.Show(_buffer.AsSpan(0, writer.Length)));
}
