using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>rtnetlink(7) messages about interfaces and addresses. Numbers are in the machine's own byte order.</summary>
internal static class NetlinkMessage
{
    public const ushort GetLink = 18;
    public const ushort GetAddress = 22;

    /// <summary>A header and the one-byte family, padded.</summary>
    public const int DumpLength = HeaderLength + Alignment;

    private const ushort Error = 2;
    private const ushort Done = 3;
    private const ushort NewLink = 16;
    private const ushort NewAddress = 20;

    private const int HeaderLength = 16;
    private const int Alignment = 4;
    private const int TypeAt = 4;
    private const int FlagsAt = 6;

    /// <summary>NLM_F_REQUEST and NLM_F_DUMP.</summary>
    private const ushort DumpRequest = 0x301;

    /// <summary>NLM_F_DUMP_INTR: the list changed while it was read.</summary>
    private const ushort Interrupted = 0x10;

    private const int LinkHeaderLength = 16;
    private const int LinkIndexAt = 4;
    private const int LinkFlagsAt = 8;
    private const ushort LinkName = 3;
    private const ushort LinkMtu = 4;

    private const int AddressHeaderLength = 8;
    private const int AddressPrefixAt = 1;
    private const int AddressFlagsAt = 2;
    private const int AddressIndexAt = 4;
    private const ushort AddressPeer = 1;
    private const ushort AddressLocal = 2;
    private const ushort AddressLongFlags = 8;
    private const byte IPv4Family = 2;
    private const byte IPv6Family = 10;
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private const int AttributeHeaderLength = 4;

    public static void WriteDump(Span<byte> destination, ushort type)
    {
        destination.Clear();
        MemoryMarshal.Write(destination, DumpLength);
        MemoryMarshal.Write(destination[TypeAt..], type);
        MemoryMarshal.Write(destination[FlagsAt..], DumpRequest);
    }

    /// <summary>Reads all messages of one answer into the table. Bytes that make no sense end the reading as failed.</summary>
    public static NetlinkResult Read(ReadOnlySpan<byte> bytes, InterfaceTable table)
    {
        while (bytes.Length >= HeaderLength)
        {
            var length = MemoryMarshal.Read<int>(bytes);
            var type = MemoryMarshal.Read<ushort>(bytes[TypeAt..]);
            if (length < HeaderLength || length > bytes.Length || type == Error
                || (MemoryMarshal.Read<ushort>(bytes[FlagsAt..]) & Interrupted) != 0)
            {
                return NetlinkResult.Failed;
            }

            var body = bytes[HeaderLength..length];
            switch (type)
            {
                case Done:
                    return NetlinkResult.Done;
                case NewLink when body.Length >= LinkHeaderLength:
                    ReadLink(body, table);
                    break;
                case NewAddress when body.Length >= AddressHeaderLength:
                    ReadAddress(body, table);
                    break;
                default:
                    break;
            }

            bytes = bytes[Math.Min(Align(length), bytes.Length)..];
        }

        return NetlinkResult.More;
    }

    private static void ReadLink(ReadOnlySpan<byte> body, InterfaceTable table)
    {
        var (name, mtu) = ("", 0);
        var attributes = body[LinkHeaderLength..];
        while (TryTake(ref attributes, out var type, out var value))
        {
            if (type == LinkName)
            {
                name = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
            }
            else if (type == LinkMtu && value.Length == sizeof(int))
            {
                mtu = MemoryMarshal.Read<int>(value);
            }
        }

        var flags = (InterfaceFlags)MemoryMarshal.Read<uint>(body[LinkFlagsAt..]);
        table.AddLink(MemoryMarshal.Read<int>(body[LinkIndexAt..]), name, flags, mtu);
    }

    private static void ReadAddress(ReadOnlySpan<byte> body, InterfaceTable table)
    {
        ReadOnlySpan<byte> local = default;
        ReadOnlySpan<byte> peer = default;
        var flags = (AddressFlags)body[AddressFlagsAt];
        var attributes = body[AddressHeaderLength..];
        while (TryTake(ref attributes, out var type, out var value))
        {
            switch (type)
            {
                case AddressLocal:
                    local = value;
                    break;
                case AddressPeer:
                    peer = value;
                    break;
                case AddressLongFlags when value.Length == sizeof(uint):
                    flags = (AddressFlags)MemoryMarshal.Read<uint>(value);
                    break;
                default:
                    break;
            }
        }

        // IFA_ADDRESS is the far end of a point-to-point link; where both are given, IFA_LOCAL is ours.
        var bytes = local.IsEmpty ? peer : local;
        var index = MemoryMarshal.Read<int>(body[AddressIndexAt..]);
        var address = (body[0], bytes.Length) switch
        {
            (IPv4Family, IPv4Length) => new IPAddress(bytes),
            (IPv6Family, IPv6Length) => new IPAddress(bytes),
            _ => null,
        };
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv6LinkLocal: true })
        {
            address.ScopeId = index;
        }

        if (address is not null)
        {
            table.AddAddress(index, new InterfaceAddress(address, body[AddressPrefixAt], flags));
        }
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> attributes, out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (attributes.Length < AttributeHeaderLength)
        {
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(attributes);
        if (length < AttributeHeaderLength || length > attributes.Length)
        {
            return false;
        }

        type = MemoryMarshal.Read<ushort>(attributes[sizeof(ushort)..]);
        value = attributes[AttributeHeaderLength..length];
        attributes = attributes[Math.Min(Align(length), attributes.Length)..];
        return true;
    }

    private static int Align(int length) => (length + Alignment - 1) & ~(Alignment - 1);
}
