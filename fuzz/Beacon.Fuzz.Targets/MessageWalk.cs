using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Fuzz.Targets;

/// <summary>Reads everything a datagram gives and sums it up, so that two readings can be compared.</summary>
internal sealed class MessageWalk
{
    private const int LargestRdata = 2 * ushort.MaxValue;

    private readonly byte[] _rdata = new byte[LargestRdata];
    private readonly byte[] _name = new byte[DnsLimits.NameLength];

    public int Read(ReadOnlySpan<byte> datagram)
    {
        var sum = new HashCode();
        var error = MessageReader.Open(datagram, out var reader);
        Invariant.Holds((error == WireError.None) == (datagram.Length >= DnsLimits.HeaderLength), "A header was refused or made up.");
        if (error != WireError.None)
        {
            Invariant.Holds(!reader.TryReadQuestion(out _) && !reader.TryReadRecord(out _), "A refused datagram has entries.");
            return sum.ToHashCode();
        }

        var header = reader.Header;
        var (questions, records) = (0, 0);
        while (reader.TryReadQuestion(out var question))
        {
            questions++;
            Add(ref sum, question.Name);
            sum.Add((question.Type, question.Class, question.WantsUnicast));
        }

        var section = Section.Answer;
        while (reader.TryReadRecord(out var record))
        {
            records++;
            Invariant.Holds(record.Section >= section, "Sections are out of order.");
            section = record.Section;
            Add(ref sum, record);
        }

        var promised = header.AnswerCount + header.AuthorityCount + header.AdditionalCount;
        Invariant.Holds(questions <= header.QuestionCount && records + reader.SkippedRecords <= promised, "More entries than the header counts.");
        Invariant.Holds(
            (reader.Error != WireError.None) || (questions == header.QuestionCount && records + reader.SkippedRecords == promised),
            "Entries are missing without an error.");
        Invariant.Holds(!reader.TryReadQuestion(out _) && !reader.TryReadRecord(out _), "There is something after the end.");
        sum.Add((reader.Error, reader.SkippedRecords, questions, records));
        return sum.ToHashCode();
    }

    private void Add(ref HashCode sum, in DnsRecord record)
    {
        Add(ref sum, record.Name);
        sum.Add((record.Section, record.Type, record.Class, record.CacheFlush, record.Ttl));
        sum.AddBytes(record.Rdata);
        Invariant.Holds(record.TryCopyRdata(_rdata, out var length), "Data that was checked does not come out.");
        var rdata = _rdata.AsSpan(0, length);
        sum.AddBytes(rdata);
        Invariant.Holds(length == 0 || !record.TryCopyRdata(_rdata.AsSpan(0, length - 1), out _), "Data fits where there is no room.");
        Invariant.Holds(IsReadable(record.Type, rdata), "The reader lets pass what the value's reader refuses.");
    }

    private void Add(ref HashCode sum, in DnsName name)
    {
        var length = name.CopyTo(_name);
        var copy = _name.AsSpan(0, length);
        Invariant.Holds(length == name.Length && WireName.IsValid(copy), "A name comes out in another length.");
        Invariant.Holds(name.Equals(copy) && WireName.Equals(copy, copy), "A name is not equal to itself.");
        Invariant.Holds(WireName.Hash(copy) == name.Hash32(), "A name has two hashes.");
        var text = name.ToString();
        Invariant.Holds(text.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0, "A name's text has control characters.");
        Invariant.Holds(WireName.TryParse(text, out var parsed) && copy.SequenceEqual(parsed), "A name changed on its way through text.");
        sum.AddBytes(copy);
    }

    private static bool IsReadable(RecordType type, ReadOnlySpan<byte> rdata) => type switch
    {
        RecordType.A => ARecord.TryRead(rdata, out _) == WireError.None,
        RecordType.Aaaa => AaaaRecord.TryRead(rdata, out _) == WireError.None,
        RecordType.Ptr => PtrRecord.TryRead(rdata, out _) == WireError.None,
        RecordType.Srv => SrvRecord.TryRead(rdata, out _) == WireError.None,
        RecordType.Txt => TxtRecord.TryRead(rdata, out _) == WireError.None,
        RecordType.Nsec => NsecRecord.TryRead(rdata, out _) == WireError.None,
        _ => true,
    };
}
