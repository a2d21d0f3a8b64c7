using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Wire.Tests.Support;

/// <summary>
/// Reads a datagram to its end with everything the codec offers and sums up what was seen, so that two readings can be compared.
/// </summary>
internal sealed class Digest
{
    private const int MostEntries = 4 * ushort.MaxValue;

    private readonly byte[] _rdata = new byte[DnsLimits.MessageLength];
    private readonly byte[] _name = new byte[DnsLimits.NameLength];

    public int Questions { get; private set; }

    public int Records { get; private set; }

    public int Skipped { get; private set; }

    public WireError Error { get; private set; }

    public int Read(ReadOnlySpan<byte> datagram)
    {
        (Questions, Records, Skipped) = (0, 0, 0);
        var sum = new HashCode();
        Error = MessageReader.Open(datagram, out var reader);
        if (Error == WireError.None)
        {
            sum.Add(reader.Header);
            while (reader.TryReadQuestion(out var question))
            {
                Questions++;
                Add(ref sum, question.Name);
                sum.Add((question.Type, question.Class, question.WantsUnicast));
            }

            while (reader.TryReadRecord(out var record))
            {
                Records++;
                Assert.True(Records < MostEntries);
                Add(ref sum, record.Name);
                sum.Add((record.Section, record.Type, record.Class, record.CacheFlush, record.Ttl));
                sum.AddBytes(record.Rdata);
                Assert.True(record.TryCopyRdata(_rdata, out var length));
                sum.AddBytes(_rdata.AsSpan(0, length));
                AddValues(ref sum, record.Type, _rdata.AsSpan(0, length));
            }

            Skipped = reader.SkippedRecords;
            Error = reader.Error;
        }

        sum.Add(Error);
        return sum.ToHashCode();
    }

    private void Add(ref HashCode sum, in DnsName name)
    {
        var length = name.CopyTo(_name);
        var copy = _name.AsSpan(0, length);
        Assert.Equal(name.Length, length);
        Assert.True(WireName.IsValid(copy));
        Assert.True(name.Equals(copy));
        Assert.Equal(WireName.Hash(copy), name.Hash32());
        sum.AddBytes(copy);
    }

    /// <summary>What the reader let pass, the readers of values take.</summary>
    private static void AddValues(ref HashCode sum, RecordType type, ReadOnlySpan<byte> rdata)
    {
        switch (type)
        {
            case RecordType.A:
                Assert.Equal(WireError.None, ARecord.TryRead(rdata, out var ipv4));
                sum.Add(ipv4);
                break;
            case RecordType.Aaaa:
                Assert.Equal(WireError.None, AaaaRecord.TryRead(rdata, out var ipv6));
                sum.Add(ipv6);
                break;
            case RecordType.Ptr:
                Assert.Equal(WireError.None, PtrRecord.TryRead(rdata, out var target));
                sum.AddBytes(target);
                break;
            case RecordType.Srv:
                Assert.Equal(WireError.None, SrvRecord.TryRead(rdata, out var srv));
                sum.Add((srv.Priority, srv.Weight, srv.Port));
                break;
            case RecordType.Txt:
                Assert.Equal(WireError.None, TxtRecord.TryRead(rdata, out var txt));
                foreach (var text in txt)
                {
                    sum.AddBytes(text);
                }

                break;
            case RecordType.Nsec:
                Assert.Equal(WireError.None, NsecRecord.TryRead(rdata, out var nsec));
                for (var bit = 0; bit < 300; bit++)
                {
                    sum.Add(nsec.Has((RecordType)bit));
                }

                break;
            default:
                break;
        }
    }
}
