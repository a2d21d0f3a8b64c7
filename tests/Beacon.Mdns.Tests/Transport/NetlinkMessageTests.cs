using System.Net;
using System.Runtime.InteropServices;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Tests.Transport;

public class NetlinkMessageTests
{
    private const ushort NewLink = 16;
    private const ushort NewAddress = 20;
    private const ushort Done = 3;
    private const ushort Error = 2;

    [Fact]
    public void An_interface_and_its_addresses_are_put_together()
    {
        var table = new InterfaceTable();
        byte[] bytes =
        [
            .. Message(NewLink, [0, 0, 1, 0, .. Int(7), .. Int(0x1041), .. Int(0), .. Attribute(3, "eth0\0"u8), .. Attribute(4, Int(1400))]),
            .. Message(NewAddress, [2, 24, 0, 0, .. Int(7), .. Attribute(1, [10, 0, 0, 9]), .. Attribute(2, [10, 0, 0, 1])]),
            .. Message(NewAddress, [10, 64, 0x40, 0, .. Int(7), .. Attribute(1, IPAddress.Parse("fe80::1").GetAddressBytes()), .. Attribute(8, Int(0x80))]),
            .. Message(Done, Int(0)),
        ];
        Assert.Equal(NetlinkResult.Done, NetlinkMessage.Read(bytes, table));
        var state = Assert.Single(table.ToList());
        Assert.Equal((7, "eth0", 1400, true), (state.Index, state.Name, state.Mtu, state.IsUp));
        Assert.Equal(["10.0.0.1", "fe80::1%7"], state.Addresses.Select(own => own.Address.ToString()));

        // The long form of the flags wins over the byte that is too short for all of them.
        Assert.Equal((64, true), (state.Addresses[1].PrefixLength, state.Addresses[1].IsUsable));
    }

    [Fact]
    public void A_refusal_and_a_list_that_changed_meanwhile_are_failures()
    {
        Assert.Equal(NetlinkResult.Failed, NetlinkMessage.Read(Message(Error, Int(-1)), new InterfaceTable()));
        var interrupted = Message(Done, Int(0));
        interrupted[6] = 0x10;
        Assert.Equal(NetlinkResult.Failed, NetlinkMessage.Read(interrupted, new InterfaceTable()));
    }

    [Fact]
    public void Bytes_cut_anywhere_do_no_harm()
    {
        var whole = Message(NewLink, [0, 0, 1, 0, .. Int(7), .. Int(0x1041), .. Int(0), .. Attribute(3, "eth0\0"u8), .. Attribute(4, Int(1400))]);
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            NetlinkMessage.Read(cut, new InterfaceTable());
            if (length >= 4)
            {
                Int(length).CopyTo(cut, 0);
                NetlinkMessage.Read(cut, new InterfaceTable());
            }
        }
    }

    private static byte[] Message(ushort type, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[16 + body.Length];
        Int(bytes.Length).CopyTo(bytes, 0);
        MemoryMarshal.Write(bytes.AsSpan(4), type);
        body.CopyTo(bytes.AsSpan(16));
        return bytes;
    }

    private static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        var bytes = new byte[(4 + value.Length + 3) & ~3];
        MemoryMarshal.Write(bytes, (ushort)(4 + value.Length));
        MemoryMarshal.Write(bytes.AsSpan(2), type);
        value.CopyTo(bytes.AsSpan(4));
        return bytes;
    }

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        MemoryMarshal.Write(bytes, value);
        return bytes;
    }
}
