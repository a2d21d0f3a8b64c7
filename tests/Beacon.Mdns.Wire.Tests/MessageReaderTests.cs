using System.Net;
using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests;

public class MessageReaderTests
{
    [Fact]
    public void What_was_written_is_read_back()
    {
        var buffer = new byte[512];
        var writer = new MessageWriter(buffer);
        writer.Begin(7, HeaderFlags.MulticastResponse);
        Assert.True(writer.TryWriteQuestion(Names.Http, RecordType.Ptr, RecordClass.Internet, wantsUnicast: true));
        var srv = SrvRecord.Build(1, 2, 80, Names.Host);
        Assert.True(writer.TryWriteRecord(Section.Answer, Names.Web, RecordType.Srv, RecordClass.Internet, cacheFlush: true, 120, srv));
        var address = ARecord.Build(IPAddress.Parse("10.77.1.1"));
        Assert.True(writer.TryWriteRecord(Section.Additional, Names.Host, RecordType.A, RecordClass.Internet, cacheFlush: true, 120, address));

        Assert.Equal(WireError.None, MessageReader.Open(buffer.AsSpan(0, writer.Length), out var reader));
        Assert.Equal(7, reader.Header.Id);
        Assert.True(reader.Header.IsResponse);
        Assert.True(reader.TryReadQuestion(out var question));
        Assert.True(question.WantsUnicast);
        Assert.True(question.Name.Equals(Names.Http));
        Assert.False(reader.TryReadQuestion(out _));

        Assert.True(reader.TryReadRecord(out var first));
        Assert.Equal(Section.Answer, first.Section);
        Assert.True(first.CacheFlush);
        Assert.Equal(RecordClass.Internet, first.Class);
        var rdata = new byte[64];
        Assert.True(first.TryCopyRdata(rdata, out var length));
        Assert.Equal(srv, rdata[..length]);
        Assert.Equal(WireError.None, SrvRecord.TryRead(rdata.AsSpan(0, length), out var read));
        Assert.Equal((1, 2, 80), (read.Priority, read.Weight, read.Port));
        Assert.True(WireName.Equals(Names.Host, read.Target));

        Assert.True(reader.TryReadRecord(out var second));
        Assert.Equal(Section.Additional, second.Section);
        Assert.True(second.Name.Equals(Names.Host));
        Assert.Equal(address, second.Rdata);
        Assert.False(reader.TryReadRecord(out _));
        Assert.Equal(WireError.None, reader.Error);
    }
}
