using System.Net;
using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;
using Beacon.Testing;

namespace Beacon.Mdns.Wire.Tests;

public class AllocationTests
{
    public static TheoryData<string> Packets => [.. CorpusFiles.Names];

    [Theory]
    [MemberData(nameof(Packets))]
    public void Reading_allocates_nothing(string name)
    {
        var packet = CorpusFiles.Read(name);
        var rdata = new byte[DnsLimits.MessageLength];
        var sum = 0;
        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() => sum += ReadAll(packet, rdata)));
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void Reading_garbage_allocates_nothing()
    {
        var packet = CorpusFiles.Read("avahi-answer-browse");
        packet[DnsLimits.HeaderLength] = 0x80;
        var cut = packet.AsMemory(0, packet.Length - 3);
        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() => ReadAll(packet, [])));
        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() => ReadAll(cut.Span, [])));
    }

    [Fact]
    public void Writing_allocates_nothing_whether_it_fits_or_not()
    {
        var buffer = new byte[115];
        var srv = SrvRecord.Build(0, 0, 80, Names.Host);
        var nsec = NsecRecord.Build(Names.Host, [RecordType.A]);
        var address = ARecord.Build(IPAddress.Parse("10.77.1.1"));
        var refused = 0;
        Assert.Equal(0, AllocationAssert.BytesIn1000Runs(() =>
        {
            var writer = new MessageWriter(buffer);
            writer.Begin(0, HeaderFlags.MulticastResponse);
            writer.TryWriteQuestion(Names.Http, RecordType.Ptr, RecordClass.Internet, wantsUnicast: false);
            writer.TryWriteRecord(Section.Answer, Names.Http, RecordType.Ptr, RecordClass.Internet, cacheFlush: false, 4500, Names.Web);
            writer.TryWriteRecord(Section.Answer, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, srv);
            writer.TryWriteRecord(Section.Additional, Names.Host, RecordType.A, RecordClass.Internet, cacheFlush: true, 120, address);
            refused += writer.TryWriteRecord(
                Section.Additional, Names.Host, RecordType.Nsec, RecordClass.Internet, cacheFlush: true, 120, nsec) ? 0 : 1;
            refused += writer.TryWriteRecord(
                Section.Additional, Names.Host, RecordType.Nsec, RecordClass.Internet, cacheFlush: true, 120, nsec) ? 0 : 1;
        }));
        Assert.NotEqual(0, refused);
    }

    private static int ReadAll(ReadOnlySpan<byte> packet, Span<byte> rdata)
    {
        var sum = 0;
        if (MessageReader.Open(packet, out var reader) == WireError.None)
        {
            while (reader.TryReadQuestion(out var question))
            {
                sum += question.Name.Hash32();
            }

            while (reader.TryReadRecord(out var record))
            {
                record.TryCopyRdata(rdata, out var length);
                sum += record.Name.Equals(Names.Host) ? 1 : record.Name.Hash32() + length;
            }
        }

        return sum;
    }
}
