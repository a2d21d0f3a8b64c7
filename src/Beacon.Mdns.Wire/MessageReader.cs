using System.Buffers.Binary;

namespace Beacon.Mdns.Wire;

/// <summary>
/// Walks one datagram from front to back: questions, then the records of the three sections. Allocates nothing, throws nothing and
/// takes time in proportion to the datagram, whatever the bytes are.
/// </summary>
/// <remarks>
/// Records read before an error are good. A record with a broken inside is passed over by its length, as devices and reflectors send
/// such; only where the next record begins can no longer be known does reading end, and <see cref="Error"/> says why.
/// </remarks>
public ref struct MessageReader
{
    private readonly ReadOnlySpan<byte> _datagram;
    private int _at;
    private int _questionsLeft;
    private int _recordsLeft;
    private Section _section;

    private MessageReader(ReadOnlySpan<byte> datagram, DnsHeader header)
    {
        _datagram = datagram;
        Header = header;
        _at = DnsLimits.HeaderLength;
        _questionsLeft = header.QuestionCount;
        _recordsLeft = header.AnswerCount;
    }

    public DnsHeader Header { get; }

    /// <summary>Why reading ended early; <see cref="WireError.None"/> when all that the header counts was there.</summary>
    public WireError Error { get; private set; }

    /// <summary>Records passed over because their data was not of their type's shape.</summary>
    public int SkippedRecords { get; private set; }

    /// <summary>Refuses what is shorter than a header. Opcode and response code are the caller's to judge.</summary>
    public static WireError Open(ReadOnlySpan<byte> datagram, out MessageReader reader)
    {
        if (!DnsHeader.TryRead(datagram, out var header))
        {
            reader = default;
            return WireError.Truncated;
        }

        reader = new MessageReader(datagram, header);
        return WireError.None;
    }

    /// <summary>The next question; false after the last, or after one that cannot be read.</summary>
    public bool TryReadQuestion(out DnsQuestion question)
    {
        question = default;
        if (_questionsLeft == 0 || !TryReadName(DnsLimits.QuestionTail, out var name, out var tail))
        {
            return false;
        }

        var classField = BinaryPrimitives.ReadUInt16BigEndian(tail[2..]);
        question = new DnsQuestion
        {
            Name = name,
            Type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(tail),
            Class = (ushort)(classField & RecordClass.Mask),
            WantsUnicast = (classField & RecordClass.TopBit) != 0,
        };
        _questionsLeft--;
        return true;
    }

    /// <summary>The next record of any section, after questions nobody read; false after the last, or where reading ends.</summary>
    public bool TryReadRecord(out DnsRecord record)
    {
        record = default;
        while (_questionsLeft > 0)
        {
            if (!TryReadQuestion(out _))
            {
                return false;
            }
        }

        while (FindSection() && TryReadName(DnsLimits.RecordTail, out var name, out var tail))
        {
            var type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(tail);
            var rdataAt = _at;
            int rdataLength = BinaryPrimitives.ReadUInt16BigEndian(tail[8..]);
            if (rdataLength > _datagram.Length - rdataAt)
            {
                Stop(WireError.Truncated);
                return false;
            }

            _at += rdataLength;
            _recordsLeft--;
            if (RdataShape.Check(_datagram, rdataAt, rdataLength, type) != WireError.None)
            {
                SkippedRecords++;
                continue;
            }

            var isOpt = type == RecordType.Opt;
            var classField = BinaryPrimitives.ReadUInt16BigEndian(tail[2..]);
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(tail[4..]);
            record = new DnsRecord(_datagram, rdataAt, rdataLength)
            {
                Section = _section,
                Name = name,
                Type = type,
                Class = isOpt ? classField : (ushort)(classField & RecordClass.Mask),
                CacheFlush = !isOpt && (classField & RecordClass.TopBit) != 0,
                Ttl = isOpt || ttl <= int.MaxValue ? ttl : 0,
            };
            return true;
        }

        return false;
    }

    /// <summary>Steps over sections that are read or empty.</summary>
    private bool FindSection()
    {
        while (_recordsLeft == 0)
        {
            switch (_section)
            {
                case Section.Answer:
                    (_section, _recordsLeft) = (Section.Authority, Header.AuthorityCount);
                    break;
                case Section.Authority:
                    (_section, _recordsLeft) = (Section.Additional, Header.AdditionalCount);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>A name and the fixed bytes after it; or the end of reading.</summary>
    private bool TryReadName(int tailLength, out DnsName name, out ReadOnlySpan<byte> tail)
    {
        name = default;
        tail = default;
        var error = NameScan.Check(_datagram, _at, _datagram.Length, out var end, out var length);
        if (error == WireError.None && _datagram.Length - end < tailLength)
        {
            error = WireError.Truncated;
        }

        if (error != WireError.None)
        {
            Stop(error);
            return false;
        }

        name = new DnsName(_datagram, _at, length);
        tail = _datagram.Slice(end, tailLength);
        _at = end + tailLength;
        return true;
    }

    private void Stop(WireError error)
    {
        Error = error;
        _questionsLeft = 0;
        _recordsLeft = 0;
        _section = Section.Additional;
    }
}
