using System.Net;
using System.Text;
using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;

namespace Beacon.Mdns.Wire.Tests.Rdata;

public class RdataTests
{
    [Fact]
    public void Addresses_are_built_and_read()
    {
        Assert.Equal(WireError.None, ARecord.TryRead(ARecord.Build(IPAddress.Parse("10.77.1.1")), out var ipv4));
        Assert.Equal(IPAddress.Parse("10.77.1.1"), ipv4);
        Assert.Equal(WireError.None, AaaaRecord.TryRead(AaaaRecord.Build(IPAddress.Parse("fe80::1%2")), out var ipv6));
        Assert.Equal(IPAddress.Parse("fe80::1"), ipv6);
        Assert.Throws<ArgumentException>(() => ARecord.Build(IPAddress.IPv6Loopback));
        Assert.Throws<ArgumentException>(() => AaaaRecord.Build(IPAddress.Loopback));
        Assert.Equal(WireError.BadRdata, ARecord.TryRead([1, 2, 3], out _));
        Assert.Equal(WireError.BadRdata, AaaaRecord.TryRead([1, 2, 3, 4], out _));
    }

    [Fact]
    public void A_location_is_built_and_read()
    {
        var rdata = SrvRecord.Build(1, 2, 65535, Names.Host);
        Assert.Equal("00010002ffff" + Hex.Show(Names.Host), Hex.Show(rdata));
        Assert.Equal(WireError.None, SrvRecord.TryRead(rdata, out var record));
        Assert.Equal((1, 2, 65535), (record.Priority, record.Weight, record.Port));
        Assert.Equal(Names.Host, record.Target);
        Assert.Equal(WireError.BadRdata, SrvRecord.TryRead(rdata.AsSpan(0, rdata.Length - 1), out _));
        Assert.Equal(WireError.BadRdata, SrvRecord.TryRead(rdata.AsSpan(0, 6), out _));
    }

    [Fact]
    public void Texts_are_built_and_read()
    {
        var rdata = TxtRecord.Build("path=/"u8.ToArray(), [], "flag"u8.ToArray());
        Assert.Equal("06706174683d2f00" + "04666c6167", Hex.Show(rdata));
        Assert.Equal(WireError.None, TxtRecord.TryRead(rdata, out var record));
        var texts = new List<string>();
        foreach (var text in record)
        {
            texts.Add(Encoding.UTF8.GetString(text));
        }

        Assert.Equal(["path=/", "", "flag"], texts);
        Assert.Throws<ArgumentOutOfRangeException>(() => TxtRecord.Build(new byte[256]));
    }

    [Fact]
    public void Without_texts_the_data_is_one_zero() => Assert.Equal([0], TxtRecord.Build());

    [Fact]
    public void Data_without_any_byte_is_read_as_no_text()
    {
        Assert.Equal(WireError.None, TxtRecord.TryRead([], out var record));
        Assert.False(record.MoveNext());
    }

    [Fact]
    public void A_denial_is_built_and_read()
    {
        var rdata = NsecRecord.Build(Names.Web, [RecordType.Srv, RecordType.Txt, RecordType.Nsec, (RecordType)255]);
        Assert.Equal(WireError.None, NsecRecord.TryRead(rdata, out var record));
        Assert.Equal(Names.Web, record.NextName);
        Assert.True(record.Has(RecordType.Srv) && record.Has(RecordType.Txt) && record.Has((RecordType)255));
        Assert.False(record.Has(RecordType.Nsec) || record.Has(RecordType.A) || record.Has((RecordType)256) || record.Has((RecordType)289));
    }

    [Fact]
    public void A_denial_cannot_be_built_of_nothing_or_of_types_it_cannot_name()
    {
        Assert.Throws<ArgumentException>(() => NsecRecord.Build(Names.Web, []));
        Assert.Throws<ArgumentException>(() => NsecRecord.Build(Names.Web, [RecordType.Nsec]));
        Assert.Throws<ArgumentException>(() => NsecRecord.Build([3], [RecordType.A]));
        Assert.Throws<ArgumentOutOfRangeException>(() => NsecRecord.Build(Names.Web, [(RecordType)257]));
    }
}
