using System.Buffers.Binary;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// The OPT record at the end of a legacy answer to a query that had one (RFC 6891 §6.1.1). Appended to a finished message, into room
/// that was kept free for it: all other records had to find their place first.
/// </summary>
internal static class EdnsOption
{
    /// <summary>Root name, type, size, extended code and flags, no options.</summary>
    public const int Length = 11;

    private const int AdditionalCountAt = 10;

    /// <summary>Returns the new length.</summary>
    /// <param name="size">Bytes we take in one datagram.</param>
    public static int Append(Span<byte> buffer, int length, int size)
    {
        var option = buffer.Slice(length, Length);
        option.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(option[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(option[3..], (ushort)size);
        var count = BinaryPrimitives.ReadUInt16BigEndian(buffer[AdditionalCountAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[AdditionalCountAt..], (ushort)(count + 1));
        return length + Length;
    }
}
