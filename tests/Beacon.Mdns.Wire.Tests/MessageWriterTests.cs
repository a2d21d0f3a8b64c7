using System.Net;
using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests;

public class MessageWriterTests
{
    private static readonly byte[] Address = ARecord.Build(IPAddress.Parse("10.77.1.1"));

    [Fact]
    public void Questions_point_to_earlier_questions()
    {
        var buffer = new byte[512];
        var writer = Begin(buffer);
        Assert.True(writer.TryWriteQuestion(Names.Http, RecordType.Ptr, RecordClass.Internet, wantsUnicast: false));
        Assert.True(writer.TryWriteQuestion(Names.Web, RecordType.Srv, RecordClass.Internet, wantsUnicast: false));
        Assert.True(writer.TryWriteQuestion(Names.Web, RecordType.Txt, RecordClass.Internet, wantsUnicast: false));
        Assert.Equal(DnsLimits.HeaderLength + (Names.Http.Length + 4) + (4 + 2 + 4) + (2 + 4), writer.Length);
    }

    [Theory]
    [InlineData(RecordType.Ns, "")]
    [InlineData(RecordType.Cname, "")]
    [InlineData(RecordType.Ptr, "")]
    [InlineData(RecordType.Dname, "")]
    [InlineData(RecordType.Mx, "000a")]
    [InlineData(RecordType.Afsdb, "0001")]
    [InlineData(RecordType.Rt, "0001")]
    [InlineData(RecordType.Kx, "0001")]
    [InlineData(RecordType.Srv, "0000 0000 0050")]
    public void A_name_in_the_data_becomes_a_pointer(RecordType type, string before)
    {
        var fixedPart = Hex.Parse(before);
        AssertRdata(type, [.. fixedPart, .. Names.Host], [.. fixedPart, 0xC0, 0x0C]);
    }

    [Theory]
    [InlineData(RecordType.Rp, "", "")]
    [InlineData(RecordType.Px, "0001", "")]
    [InlineData(RecordType.Soa, "", "00000001 00000002 00000003 00000004 00000005")]
    public void Two_names_in_the_data_become_pointers(RecordType type, string before, string after) => AssertRdata(
        type,
        [.. Hex.Parse(before), .. Names.Host, .. Names.Local, .. Hex.Parse(after)],
        [.. Hex.Parse(before), 0xC0, 0x0C, 0xC0, 0x10, .. Hex.Parse(after)]);

    [Theory]
    [InlineData(35)] // NAPTR
    [InlineData(64)] // SVCB
    [InlineData(65)] // HTTPS
    [InlineData(16)] // TXT
    [InlineData(0xFF01)]
    public void Data_of_any_other_type_goes_out_as_it_is(int type) => AssertRdata((RecordType)type, Names.Host, Names.Host);

    [Fact]
    public void A_legacy_answer_writes_the_target_out_but_still_shortens_the_owner()
    {
        var buffer = new byte[512];
        var writer = Begin(buffer);
        Assert.True(writer.TryWriteQuestion(Names.Web, RecordType.Srv, RecordClass.Internet, wantsUnicast: false));
        var srv = SrvRecord.Build(0, 0, 80, Names.Host);
        var before = writer.Length;
        Assert.True(writer.TryWriteRecord(
            Section.Answer, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: false, 10, srv, compressRdata: false));
        Assert.Equal(0xC0, buffer[before]);
        Assert.Equal(srv, buffer[(before + 2 + DnsLimits.RecordTail)..writer.Length]);
    }

    [Fact]
    public void Case_is_kept_even_where_a_pointer_would_be_shorter()
    {
        var buffer = new byte[512];
        var upper = WireName.FromLabels("NAS", "Local");
        var writer = Begin(buffer);
        WriteAddress(ref writer, Names.Host);
        WriteAddress(ref writer, upper);
        Assert.Equal(["nas.local", "NAS.Local"], NamesIn(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void A_record_that_does_not_fit_leaves_no_trace_at_any_size()
    {
        var buffer = new byte[256];
        var srv = SrvRecord.Build(0, 0, 80, WireName.FromLabels("other", "local"));
        var whole = Begin(buffer);
        WriteAddress(ref whole, Names.Host);
        var first = whole.Length;
        Assert.True(whole.TryWriteRecord(Section.Answer, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, srv));
        var full = whole.Length;

        for (var room = first; room < full; room++)
        {
            var writer = Begin(buffer.AsSpan(0, room));
            WriteAddress(ref writer, Names.Host);
            var before = buffer[..first];
            Assert.False(writer.TryWriteRecord(Section.Answer, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, srv));
            Assert.Equal((first, 1), (writer.Length, writer.AnswerCount));
            Assert.Equal(before, buffer[..first]);
        }
    }

    [Fact]
    public void Names_of_a_record_that_was_taken_back_are_not_pointed_to()
    {
        var buffer = new byte[100];
        var writer = Begin(buffer);
        WriteAddress(ref writer, Names.Host);
        Assert.False(writer.TryWriteRecord(
            Section.Answer, Names.Web, RecordType.Txt, RecordClass.Internet, cacheFlush: true, 120, new byte[100]));
        WriteAddress(ref writer, Names.Web);
        Assert.Equal(["nas.local", "Web._http._tcp.local"], NamesIn(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void Two_hundred_services_fill_packets_that_each_stand_alone()
    {
        var buffer = new byte[1472];
        var (packets, written) = (0, 0);
        var seen = new List<string>();
        while (written < 200)
        {
            var writer = Begin(buffer);
            while (written < 200 && TryWriteService(ref writer, written))
            {
                written++;
            }

            packets++;
            seen.AddRange(NamesIn(buffer.AsSpan(0, writer.Length)).Where(name => name.StartsWith("Service", StringComparison.Ordinal)));
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"Service {number}._http._tcp.local"), seen.Distinct());
        Assert.InRange(packets, 1, 11);
    }

    [Fact]
    public void Nothing_is_pointed_to_beyond_the_reach_of_a_pointer()
    {
        var buffer = new byte[DnsLimits.MessageLength];
        var writer = Begin(buffer);
        Assert.True(writer.TryWriteRecord(
            Section.Answer, Names.Local, (RecordType)0xFF01, RecordClass.Internet, cacheFlush: false, 1, new byte[DnsLimits.PointerReach]));
        WriteAddress(ref writer, Names.Host);
        WriteAddress(ref writer, Names.Host);
        Assert.Equal(["local", "nas.local", "nas.local"], NamesIn(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void More_names_than_the_table_holds_are_written_out()
    {
        var buffer = new byte[DnsLimits.MessageLength];
        var writer = Begin(buffer);
        var names = Enumerable.Range(0, 1_000).Select(number => $"host{number}.local").ToArray();
        foreach (var name in names.Concat(names))
        {
            Assert.True(WireName.TryParse(name, out var wire));
            WriteAddress(ref writer, wire);
        }

        Assert.Equal(names.Concat(names), NamesIn(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void Room_kept_for_the_last_record_is_there_for_it()
    {
        var buffer = new byte[64];
        var writer = Begin(buffer);
        writer.Limit = buffer.Length - 11;
        while (writer.TryWriteRecord(Section.Answer, Names.Host, RecordType.A, RecordClass.Internet, cacheFlush: false, 10, Address))
        {
            Assert.InRange(writer.Length, 0, buffer.Length - 11);
        }

        writer.Limit = buffer.Length;
        Assert.True(writer.TryWriteRecord(Section.Additional, WireName.Root, RecordType.Opt, 1472, cacheFlush: false, 0, []));
        Assert.Equal(["nas.local", "nas.local", "."], NamesIn(buffer.AsSpan(0, writer.Length)));
    }

    [Fact]
    public void Begin_forgets_the_message_before()
    {
        var buffer = new byte[512];
        var writer = Begin(buffer);
        WriteAddress(ref writer, Names.Host);
        writer.Begin(0, HeaderFlags.MulticastResponse);
        WriteAddress(ref writer, Names.Web);
        Assert.Equal(["Web._http._tcp.local"], NamesIn(buffer.AsSpan(0, writer.Length)));
        Assert.Equal(1, writer.AnswerCount);
    }

    [Fact]
    public void Our_own_mistakes_are_thrown()
    {
        Assert.Throws<InvalidOperationException>(() => { var writer = new MessageWriter(new byte[64]); WriteAddress(ref writer, Names.Host); });
        Assert.Throws<ArgumentException>(() => { var writer = Begin(new byte[11]); });
        Assert.Throws<ArgumentException>(() => { var writer = Begin(new byte[64]); WriteAddress(ref writer, [3, 1]); });
        Assert.Throws<ArgumentException>(() =>
        {
            var writer = Begin(new byte[64]);
            writer.TryWriteRecord(Section.Answer, Names.Host, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, [0, 0, 0]);
        });
        Assert.Throws<InvalidOperationException>(() =>
        {
            var writer = Begin(new byte[64]);
            writer.TryWriteRecord(Section.Additional, Names.Host, RecordType.A, RecordClass.Internet, cacheFlush: true, 120, Address);
            WriteAddress(ref writer, Names.Host);
        });
    }

    private static MessageWriter Begin(Span<byte> buffer)
    {
        var writer = new MessageWriter(buffer);
        writer.Begin(0, HeaderFlags.MulticastResponse);
        return writer;
    }

    private static void WriteAddress(ref MessageWriter writer, ReadOnlySpan<byte> name) =>
        Assert.True(writer.TryWriteRecord(Section.Answer, name, RecordType.A, RecordClass.Internet, cacheFlush: true, 120, Address));

    private static bool TryWriteService(ref MessageWriter writer, int number)
    {
        var name = WireName.FromLabels($"Service {number}", "_http", "_tcp", "local");
        var start = writer.Length;
        var isWhole = writer.TryWriteRecord(Section.Answer, Names.Http, RecordType.Ptr, RecordClass.Internet, cacheFlush: false, 4500, name)
            && writer.TryWriteRecord(
                Section.Answer, name, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, SrvRecord.Build(0, 0, 80, Names.Host))
            && writer.TryWriteRecord(Section.Answer, name, RecordType.Txt, RecordClass.Internet, cacheFlush: true, 4500, TxtRecord.Empty);
        Assert.True(isWhole || start > 1300);
        return isWhole;
    }

    private static void AssertRdata(RecordType type, byte[] canonical, byte[] expected)
    {
        var buffer = new byte[512];
        var writer = Begin(buffer);
        Assert.True(writer.TryWriteRecord(Section.Answer, Names.Host, type, RecordClass.Internet, cacheFlush: false, 1, canonical));
        Assert.Equal(WireError.None, MessageReader.Open(buffer.AsSpan(0, writer.Length), out var reader));
        Assert.True(reader.TryReadRecord(out var record));
        Assert.Equal(Hex.Show(expected), Hex.Show(record.Rdata));
        var copy = new byte[canonical.Length];
        Assert.True(record.TryCopyRdata(copy, out var length));
        Assert.Equal(canonical, copy[..length]);
        Assert.False(record.TryCopyRdata(copy.AsSpan(0, canonical.Length - 1), out _));
    }

    private static List<string> NamesIn(ReadOnlySpan<byte> message)
    {
        var names = new List<string>();
        Assert.Equal(WireError.None, MessageReader.Open(message, out var reader));
        while (reader.TryReadRecord(out var record))
        {
            names.Add(record.Name.ToString());
        }

        Assert.Equal((WireError.None, 0), (reader.Error, reader.SkippedRecords));
        return names;
    }
}
