using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>Makes packets byte by byte, without compression and without the codec under test; sections must be filled in order.</summary>
internal sealed class PacketBuilder
{
    private const ushort Internet = 1;
    private const ushort TopBit = 0x8000;

    private readonly List<byte> _bytes = [.. new byte[12]];

    private PacketBuilder(ushort flags) => Set(2, flags);

    public static PacketBuilder Query(ushort flags = 0) => new(flags);

    public static PacketBuilder Response(ushort flags = 0x8400) => new(flags);

    /// <summary>Labels separated by dots; a label's own dot as <c>\.</c>.</summary>
    public static byte[] Name(string text)
    {
        var wire = new List<byte>();
        foreach (var part in text.Replace("\\.", "\u0001", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var label = Encoding.UTF8.GetBytes(part.Replace('\u0001', '.'));
            wire.Add((byte)label.Length);
            wire.AddRange(label);
        }

        wire.Add(0);
        return [.. wire];
    }

    public static byte[] Srv(string target, ushort port) => [0, 0, 0, 0, (byte)(port >> 8), (byte)port, .. Name(target)];

    public static byte[] Address(string address) => IPAddress.Parse(address).GetAddressBytes();

    public static byte[] Txt(params string[] strings)
    {
        var rdata = new List<byte>();
        foreach (var text in strings)
        {
            rdata.Add((byte)Encoding.UTF8.GetByteCount(text));
            rdata.AddRange(Encoding.UTF8.GetBytes(text));
        }

        return [.. rdata];
    }

    public PacketBuilder Id(ushort id)
    {
        Set(0, id);
        return this;
    }

    public PacketBuilder Ask(string name, ushort type, bool qu = false, ushort cls = Internet)
    {
        _bytes.AddRange(Name(name));
        Add(type);
        Add((ushort)(cls | (qu ? TopBit : 0)));
        return Count(4);
    }

    public PacketBuilder Answer(string name, ushort type, byte[] rdata, uint ttl = 120, bool flush = false) =>
        Record(6, name, type, rdata, ttl, flush);

    public PacketBuilder Authority(string name, ushort type, byte[] rdata, uint ttl = 120) => Record(8, name, type, rdata, ttl, false);

    public PacketBuilder Additional(string name, ushort type, byte[] rdata, uint ttl = 120, bool flush = false) =>
        Record(10, name, type, rdata, ttl, flush);

    public PacketBuilder Edns(ushort size, byte version = 0)
    {
        _bytes.AddRange([0, 0, (byte)DecodedRecord.Opt, (byte)(size >> 8), (byte)size, 0, version, 0, 0, 0, 0]);
        return Count(10);
    }

    public byte[] ToArray() => [.. _bytes];

    private PacketBuilder Record(int counter, string name, ushort type, byte[] rdata, uint ttl, bool flush)
    {
        _bytes.AddRange(Name(name));
        Add(type);
        Add((ushort)(Internet | (flush ? TopBit : 0)));
        Add((ushort)(ttl >> 16));
        Add((ushort)ttl);
        Add((ushort)rdata.Length);
        _bytes.AddRange(rdata);
        return Count(counter);
    }

    private PacketBuilder Count(int counter)
    {
        Set(counter, (ushort)(((_bytes[counter] << 8) | _bytes[counter + 1]) + 1));
        return this;
    }

    private void Add(ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        _bytes.AddRange(bytes);
    }

    private void Set(int at, ushort value)
    {
        _bytes[at] = (byte)(value >> 8);
        _bytes[at + 1] = (byte)value;
    }
}
