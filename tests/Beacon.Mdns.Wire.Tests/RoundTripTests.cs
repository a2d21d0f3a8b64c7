using Beacon.Mdns.Wire.Rdata;
using Beacon.Mdns.Wire.Tests.Support;
using Beacon.Testing;

namespace Beacon.Mdns.Wire.Tests;

/// <summary>Whatever is written is read back the same, for thousands of random messages.</summary>
public class RoundTripTests(ITestOutputHelper output)
{
    private const int Messages = 5_000;
    private const string Letters = "abcXYZ09-_. \\é\u0001";

    [Fact]
    public void Random_messages_come_back_as_they_were()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var names = Enumerable.Range(0, 40).Select(_ => RandomName(random)).ToArray();
        var buffer = new byte[DnsLimits.MessageLength];
        for (var message = 0; message < Messages; message++)
        {
            var room = random.Next(DnsLimits.HeaderLength, 2_000);
            buffer.AsSpan().Fill(0xFF);
            var writer = new MessageWriter(buffer.AsSpan(0, room));
            var (id, flags) = ((ushort)random.Next(0x10000), (ushort)random.Next(0x10000));
            writer.Begin(id, flags);
            var expected = new List<string>();
            WriteQuestions(ref writer, random, names, expected);
            WriteRecords(ref writer, random, names, expected);

            Assert.True(buffer.AsSpan(room).IndexOfAnyExcept((byte)0xFF) < 0);
            Assert.Equal(expected, Read(buffer.AsSpan(0, writer.Length), id, flags));
        }
    }

    private static void WriteQuestions(ref MessageWriter writer, Random random, byte[][] names, List<string> expected)
    {
        for (var count = random.Next(4); count > 0; count--)
        {
            var name = names[random.Next(names.Length)];
            var (type, cls, wantsUnicast) = ((RecordType)random.Next(300), (ushort)random.Next(0x8000), random.Next(2) == 0);
            if (writer.TryWriteQuestion(name, type, cls, wantsUnicast))
            {
                expected.Add($"{Hex.Show(name)} {type} {cls} {wantsUnicast}");
            }
        }
    }

    private static void WriteRecords(ref MessageWriter writer, Random random, byte[][] names, List<string> expected)
    {
        for (var section = Section.Answer; section <= Section.Additional; section++)
        {
            for (var count = random.Next(12); count > 0; count--)
            {
                var name = names[random.Next(names.Length)];
                var (type, rdata) = RandomData(random, names);
                var isOpt = type == RecordType.Opt;
                var cls = (ushort)random.Next(isOpt ? 0x10000 : 0x8000);
                var (flush, ttl) = (!isOpt && random.Next(2) == 0, (uint)random.Next());
                if (writer.TryWriteRecord(section, name, type, cls, flush, ttl, rdata, compressRdata: random.Next(2) == 0))
                {
                    expected.Add($"{section} {Hex.Show(name)} {type} {cls} {flush} {ttl} {Hex.Show(rdata)}");
                }
            }
        }
    }

    private static List<string> Read(ReadOnlySpan<byte> message, ushort id, ushort flags)
    {
        var found = new List<string>();
        Assert.Equal(WireError.None, MessageReader.Open(message, out var reader));
        Assert.Equal((id, flags), (reader.Header.Id, reader.Header.Flags));
        while (reader.TryReadQuestion(out var question))
        {
            found.Add($"{Show(question.Name)} {question.Type} {question.Class} {question.WantsUnicast}");
        }

        var rdata = new byte[DnsLimits.MessageLength];
        while (reader.TryReadRecord(out var record))
        {
            Assert.True(record.TryCopyRdata(rdata, out var length));
            found.Add($"{record.Section} {Show(record.Name)} {record.Type} {record.Class} {record.CacheFlush} {record.Ttl} "
                + Hex.Show(rdata.AsSpan(0, length)));
        }

        Assert.Equal((WireError.None, 0), (reader.Error, reader.SkippedRecords));
        return found;
    }

    private static string Show(in DnsName name)
    {
        var bytes = new byte[DnsLimits.NameLength];
        return Hex.Show(bytes.AsSpan(0, name.CopyTo(bytes)));
    }

    /// <summary>Few different labels, so that endings are shared; now and then one of the longest.</summary>
    private static byte[] RandomName(Random random)
    {
        var labels = new List<string>();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            labels.Add(random.Next(6) switch
            {
                0 => "local",
                1 => "_tcp",
                2 => "_http",
                3 => new string('x', 50),
                _ => new string(Letters[random.Next(Letters.Length)], random.Next(1, 4)),
            });
        }

        return WireName.FromLabels([.. labels]);
    }

    private static (RecordType Type, byte[] Rdata) RandomData(Random random, byte[][] names)
    {
        var name = names[random.Next(names.Length)];
        switch (random.Next(9))
        {
            case 0:
                return (RecordType.A, RandomBytes(random, DnsLimits.IPv4Length));
            case 1:
                return (RecordType.Aaaa, RandomBytes(random, DnsLimits.IPv6Length));
            case 2:
                return (RecordType.Ptr, name);
            case 3:
                return (RecordType.Srv, SrvRecord.Build((ushort)random.Next(9), (ushort)random.Next(9), (ushort)random.Next(0x10000), name));
            case 4:
                return (RecordType.Txt, TxtRecord.Build(RandomBytes(random, random.Next(256)), RandomBytes(random, random.Next(20))));
            case 5:
                return (RecordType.Nsec, NsecRecord.Build(name, [RecordType.A, (RecordType)random.Next(48, 256)]));
            case 6:
                return (RecordType.Soa, [.. name, .. names[random.Next(names.Length)], .. RandomBytes(random, DnsLimits.SoaTail)]);
            case 7:
                return (RecordType.Opt, RandomBytes(random, random.Next(30)));
            default:
                return ((RecordType)random.Next(256, 0x10000), RandomBytes(random, random.Next(60)));
        }
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
