using Beacon.Mdns.Wire;

namespace Beacon.Fuzz.Targets;

/// <summary>Writes again what was read: the copy must read the same, and a writer with little room must leave a whole message.</summary>
internal sealed class MessageCopy
{
    private readonly byte[] _name = new byte[DnsLimits.NameLength];
    private readonly byte[] _rdata = new byte[2 * ushort.MaxValue];
    private readonly byte[] _whole = new byte[DnsLimits.MessageLength];
    private readonly byte[] _tight = new byte[DnsLimits.MessageLength];

    public void Check(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < DnsLimits.HeaderLength)
        {
            return;
        }

        var length = Write(datagram, _whole, out var refused);
        var written = _whole.AsSpan(0, length);
        if (refused == 0)
        {
            Compare(datagram, written);
        }

        // Room that depends on the input, so that every place where the writer can run out is found.
        var room = DnsLimits.HeaderLength + ((datagram[0] << 8 | datagram[1]) % (length + 1));
        _tight.AsSpan(0, room + 1).Fill(0xFF);
        var fitted = _tight.AsSpan(0, Write(datagram, _tight.AsSpan(0, room), out _));
        Invariant.Holds(fitted.Length <= room && _tight[room] == 0xFF, "The writer wrote past its room.");
        Invariant.Holds(MessageReader.Open(fitted, out var reader) == WireError.None, "What the writer left has no header.");
        while (reader.TryReadRecord(out _))
        {
        }

        Invariant.Holds(reader.Error == WireError.None && reader.SkippedRecords == 0, "What the writer left is no whole message.");
    }

    private int Write(ReadOnlySpan<byte> datagram, Span<byte> room, out int refused)
    {
        refused = 0;
        _ = MessageReader.Open(datagram, out var reader);
        var writer = new MessageWriter(room);
        writer.Begin(0, 0);
        while (reader.TryReadQuestion(out var question))
        {
            var name = _name.AsSpan(0, question.Name.CopyTo(_name));
            refused += writer.TryWriteQuestion(name, question.Type, question.Class, question.WantsUnicast) ? 0 : 1;
        }

        while (reader.TryReadRecord(out var record))
        {
            var name = _name.AsSpan(0, record.Name.CopyTo(_name));
            _ = record.TryCopyRdata(_rdata, out var length);
            var fits = writer.TryWriteRecord(
                record.Section, name, record.Type, record.Class, record.CacheFlush, record.Ttl, _rdata.AsSpan(0, length));
            refused += fits ? 0 : 1;
        }

        return writer.Length;
    }

    private void Compare(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> written)
    {
        _ = MessageReader.Open(datagram, out var original);
        Invariant.Holds(MessageReader.Open(written, out var copy) == WireError.None, "The copy has no header.");
        while (original.TryReadQuestion(out var question))
        {
            Invariant.Holds(copy.TryReadQuestion(out var other), "The copy lacks a question.");
            Invariant.Holds(
                IsSame(question.Name, other.Name)
                    && (question.Type, question.Class, question.WantsUnicast) == (other.Type, other.Class, other.WantsUnicast),
                "A question changed.");
        }

        while (original.TryReadRecord(out var record))
        {
            Invariant.Holds(copy.TryReadRecord(out var other), "The copy lacks a record.");
            Invariant.Holds(
                IsSame(record.Name, other.Name)
                    && (record.Section, record.Type, record.Class, record.CacheFlush, record.Ttl)
                    == (other.Section, other.Type, other.Class, other.CacheFlush, other.Ttl),
                "A record changed.");
            _ = record.TryCopyRdata(_rdata, out var length);
            var expected = _rdata.AsSpan(0, length).ToArray();
            Invariant.Holds(other.TryCopyRdata(_rdata, out var otherLength), "The copy's data does not come out.");
            Invariant.Holds(_rdata.AsSpan(0, otherLength).SequenceEqual(expected), "A record's data changed.");
        }

        Invariant.Holds(!copy.TryReadRecord(out _) && copy.Error == WireError.None, "The copy has more than the original.");
    }

    private bool IsSame(in DnsName left, in DnsName right)
    {
        var length = left.CopyTo(_name);
        Span<byte> other = stackalloc byte[DnsLimits.NameLength];
        return right.Length == length && _name.AsSpan(0, length).SequenceEqual(other[..right.CopyTo(other)]);
    }
}
