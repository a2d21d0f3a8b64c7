using System.Runtime.InteropServices;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>
/// Asks the kernel for interfaces and addresses of this network namespace. Unlike /sys it is right inside containers too, and unlike
/// .NET's list it tells which addresses are not usable yet. Not safe for concurrent use.
/// </summary>
internal sealed class NetlinkSocket : IDisposable
{
    /// <summary>The kernel fills at most 32 KiB per answer.</summary>
    private const int BufferLength = 32 * 1024;

    private const int LinkGroup = 0x1;
    private const int IPv4AddressGroup = 0x10;
    private const int IPv6AddressGroup = 0x100;
    private const int AddressLength = 12;
    private const int GroupsAt = 8;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly Descriptor _socket;

    private NetlinkSocket(Descriptor socket)
    {
        _socket = socket;
    }

    public Descriptor Descriptor => _socket;

    /// <summary>For questions. Null when the system refuses; <paramref name="error"/> is its number.</summary>
    public static NetlinkSocket? Open(out int error) => Open(0, out error);

    /// <summary>For changes of interfaces and addresses, as they happen.</summary>
    public static NetlinkSocket? OpenForChanges(out int error) =>
        Open(LinkGroup | IPv4AddressGroup | IPv6AddressGroup, out error);

    /// <summary>All interfaces with all their addresses, or null when the kernel did not answer in full.</summary>
    public IReadOnlyList<InterfaceState>? ReadInterfaces()
    {
        var table = new InterfaceTable();
        return Dump(NetlinkMessage.GetLink, table) && Dump(NetlinkMessage.GetAddress, table) ? table.ToList() : null;
    }

    /// <summary>Empties the queue of changes, whose content does not matter: the whole list is read anew. Never waits.</summary>
    public bool Drain()
    {
        var any = false;
        while (Libc.Receive(_socket, _buffer, BufferLength, Libc.DontWait) != -1)
        {
            any = true;
        }

        // ENOBUFS says that changes were lost: a change all the same.
        return any || Marshal.GetLastPInvokeError() != Libc.TryAgain;
    }

    public void Dispose() => _socket.Dispose();

    private static NetlinkSocket? Open(int groups, out int error)
    {
        error = 0;
        var socket = Libc.Socket(Libc.NetlinkFamily, Libc.RawSocket | Libc.CloseOnExec, Libc.RouteProtocol);
        if (!socket.IsInvalid)
        {
            Span<byte> address = stackalloc byte[AddressLength];
            address.Clear();
            MemoryMarshal.Write(address, (ushort)Libc.NetlinkFamily);
            MemoryMarshal.Write(address[GroupsAt..], groups);
            if (Libc.Bind(socket, address, AddressLength) == 0)
            {
                return new NetlinkSocket(socket);
            }
        }

        error = Marshal.GetLastPInvokeError();
        socket.Dispose();
        return null;
    }

    private bool Dump(ushort type, InterfaceTable table)
    {
        Span<byte> question = stackalloc byte[NetlinkMessage.DumpLength];
        NetlinkMessage.WriteDump(question, type);
        if (Libc.Send(_socket, question, (nuint)question.Length, 0) != question.Length)
        {
            return false;
        }

        while (true)
        {
            var length = Libc.Receive(_socket, _buffer, BufferLength, 0);
            if (length == -1 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
            {
                continue;
            }

            if (length <= 0)
            {
                return false;
            }

            switch (NetlinkMessage.Read(_buffer.AsSpan(0, (int)length), table))
            {
                case NetlinkResult.Done:
                    return true;
                case NetlinkResult.Failed:
                    return false;
                default:
                    break;
            }
        }
    }
}
