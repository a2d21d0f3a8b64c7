using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Beacon.Mdns.Wire;

/// <summary>
/// Composes one message in the caller's bytes, compressing names wherever RFC 6762 §18.14 allows. After each call the first
/// <see cref="Length"/> bytes are a whole message. Allocates nothing.
/// </summary>
/// <remarks>Order of calls: <see cref="Begin"/>, questions, then records with their sections in order. Any other order is a bug and throws.</remarks>
public ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private NameCompressor _names;
    private int _limit;
    private ushort _id;
    private ushort _flags;
    private int _questions;
    private int _answers;
    private int _authorities;
    private int _additionals;

    /// <param name="buffer">Where the message goes; its length is the most the message may have.</param>
    public MessageWriter(Span<byte> buffer)
    {
        _buffer = buffer[..Math.Min(buffer.Length, DnsLimits.MessageLength)];
        _limit = _buffer.Length;
    }

    /// <summary>Bytes so far. What lies behind them in the buffer is undefined.</summary>
    public int Length { get; private set; }

    public readonly int QuestionCount => _questions;

    public readonly int AnswerCount => _answers;

    public readonly int AuthorityCount => _authorities;

    public readonly int AdditionalCount => _additionals;

    /// <summary>The most bytes the message may have, at most the buffer's length. Lower it to keep room for a last record, then raise it.</summary>
    public int Limit
    {
        readonly get => _limit;
        set => _limit = Math.Clamp(value, Length, _buffer.Length);
    }

    /// <summary>Starts over with an empty message.</summary>
    /// <exception cref="ArgumentException">The buffer is shorter than a header.</exception>
    public void Begin(ushort id, ushort flags)
    {
        if (_buffer.Length < DnsLimits.HeaderLength)
        {
            ThrowNoHeader();
        }

        _names.Undo(0);
        (_id, _flags) = (id, flags);
        (_questions, _answers, _authorities, _additionals) = (0, 0, 0, 0);
        Length = DnsLimits.HeaderLength;
        WriteHeader();
    }

    /// <summary>Sets the TC bit (RFC 6762 §18.5).</summary>
    public void MarkTruncated()
    {
        RequireBegun();
        _flags |= HeaderFlags.Truncated;
        WriteHeader();
    }

    /// <summary>False when it does not fit: then the message is as it was before the call.</summary>
    /// <param name="name">Uncompressed.</param>
    public bool TryWriteQuestion(ReadOnlySpan<byte> name, RecordType type, ushort cls, bool wantsUnicast)
    {
        RequireBegun();
        if (_answers + _authorities + _additionals > 0)
        {
            ThrowOutOfOrder();
        }

        var (at, mark) = (Length, _names.Mark);
        if (!TryWriteOwner(name, type, cls, wantsUnicast, ref at))
        {
            _names.Undo(mark);
            return false;
        }

        _questions++;
        Length = at;
        WriteHeader();
        return true;
    }

    /// <summary>False when it does not fit: then the message is as it was before the call, its compression table too.</summary>
    /// <param name="name">Uncompressed.</param>
    /// <param name="cls">Without the flush bit; for OPT all 16 bits.</param>
    /// <param name="canonicalRdata">Names in it uncompressed, as <see cref="DnsRecord.TryCopyRdata"/> and the builders give it.</param>
    /// <param name="compressRdata">False for SRV in answers to legacy resolvers (RFC 6762 §18.14).</param>
    /// <exception cref="ArgumentException">A name is malformed, or the data lacks the names its type has.</exception>
    public bool TryWriteRecord(
        Section section,
        ReadOnlySpan<byte> name,
        RecordType type,
        ushort cls,
        bool cacheFlush,
        uint ttl,
        ReadOnlySpan<byte> canonicalRdata,
        bool compressRdata = true)
    {
        RequireBegun();
        if ((section < Section.Additional && _additionals > 0) || (section < Section.Authority && _authorities > 0))
        {
            ThrowOutOfOrder();
        }

        var (at, mark) = (Length, _names.Mark);
        if (!TryWriteOwner(name, type, cls, cacheFlush, ref at) || !TryWriteData(type, ttl, canonicalRdata, compressRdata, ref at))
        {
            _names.Undo(mark);
            return false;
        }

        _ = section switch
        {
            Section.Answer => _answers++,
            Section.Authority => _authorities++,
            _ => _additionals++,
        };
        Length = at;
        WriteHeader();
        return true;
    }

    private bool TryWriteOwner(ReadOnlySpan<byte> name, RecordType type, ushort cls, bool topBit, ref int at)
    {
        if (!WireName.IsValid(name))
        {
            ThrowBadName();
        }

        var message = _buffer[.._limit];
        if (!_names.TryWrite(message, ref at, name, mayPoint: true) || message.Length - at < DnsLimits.QuestionTail)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(message[at..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 2)..], (ushort)(topBit ? cls | RecordClass.TopBit : cls));
        at += DnsLimits.QuestionTail;
        return true;
    }

    private bool TryWriteData(RecordType type, uint ttl, ReadOnlySpan<byte> rdata, bool compress, ref int at)
    {
        const int TtlAndLength = DnsLimits.RecordTail - DnsLimits.QuestionTail;
        var message = _buffer[.._limit];
        if (message.Length - at < TtlAndLength)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt32BigEndian(message[at..], ttl);
        var start = at + TtlAndLength;
        var end = start;
        var shape = RdataShape.Of(type);
        if (shape.Names > 0 && !TryWriteNames(shape, message, ref rdata, compress, ref end))
        {
            return false;
        }

        if (!rdata.TryCopyTo(message[end..]))
        {
            return false;
        }

        end += rdata.Length;
        BinaryPrimitives.WriteUInt16BigEndian(message[(start - sizeof(ushort))..], (ushort)(end - start));
        at = end;
        return true;
    }

    /// <summary>Leaves in <paramref name="rdata"/> what follows the last name.</summary>
    private bool TryWriteNames(RdataShape shape, Span<byte> message, ref ReadOnlySpan<byte> rdata, bool compress, ref int end)
    {
        if (rdata.Length < shape.Fixed)
        {
            ThrowBadName();
        }

        if (!rdata[..shape.Fixed].TryCopyTo(message[end..]))
        {
            return false;
        }

        end += shape.Fixed;
        rdata = rdata[shape.Fixed..];
        for (var name = 0; name < shape.Names; name++)
        {
            var length = WireName.Length(rdata);
            if (length == 0)
            {
                ThrowBadName();
            }

            if (!_names.TryWrite(message, ref end, rdata[..length], compress))
            {
                return false;
            }

            rdata = rdata[length..];
        }

        return true;
    }

    private readonly void WriteHeader() =>
        new DnsHeader(_id, _flags, (ushort)_questions, (ushort)_answers, (ushort)_authorities, (ushort)_additionals).Write(_buffer);

    private readonly void RequireBegun()
    {
        if (Length == 0)
        {
            ThrowOutOfOrder();
        }
    }

    [DoesNotReturn]
    private static void ThrowNoHeader() => throw new ArgumentException("The buffer is shorter than a header.");

    [DoesNotReturn]
    private static void ThrowBadName() => throw new ArgumentException("Not a name in uncompressed form.");

    [DoesNotReturn]
    private static void ThrowOutOfOrder() => throw new InvalidOperationException("Header, questions and sections are written in order.");
}
