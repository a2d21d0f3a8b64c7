using System.Buffers.Binary;

namespace Beacon.Mdns.Wire;

/// <summary>The first twelve bytes of a message. Counts are what the sender claims: never a reason to allocate.</summary>
public readonly record struct DnsHeader(
    ushort Id, ushort Flags, ushort QuestionCount, ushort AnswerCount, ushort AuthorityCount, ushort AdditionalCount)
{
    private const int IdAt = 0;
    private const int FlagsAt = 2;
    private const int QuestionCountAt = 4;
    private const int AnswerCountAt = 6;
    private const int AuthorityCountAt = 8;
    private const int AdditionalCountAt = 10;

    public bool IsResponse => (Flags & HeaderFlags.Response) != 0;

    /// <summary>Anything but 0 means: not for mDNS, ignore the message (RFC 6762 §18.3).</summary>
    public int Opcode => (Flags & HeaderFlags.OpcodeMask) >> HeaderFlags.OpcodeShift;

    public bool IsTruncated => (Flags & HeaderFlags.Truncated) != 0;

    public bool RecursionDesired => (Flags & HeaderFlags.RecursionDesired) != 0;

    /// <summary>Anything but 0 means: ignore the message (RFC 6762 §18.11).</summary>
    public int ResponseCode => Flags & HeaderFlags.ResponseCodeMask;

    /// <summary>False when there are fewer than <see cref="DnsLimits.HeaderLength"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out DnsHeader header)
    {
        if (datagram.Length < DnsLimits.HeaderLength)
        {
            header = default;
            return false;
        }

        header = new DnsHeader(
            BinaryPrimitives.ReadUInt16BigEndian(datagram[IdAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[FlagsAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[QuestionCountAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[AnswerCountAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[AuthorityCountAt..]),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[AdditionalCountAt..]));
        return true;
    }

    /// <summary>The destination has room for <see cref="DnsLimits.HeaderLength"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[IdAt..], Id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[FlagsAt..], Flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[QuestionCountAt..], QuestionCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[AnswerCountAt..], AnswerCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[AuthorityCountAt..], AuthorityCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[AdditionalCountAt..], AdditionalCount);
    }
}
