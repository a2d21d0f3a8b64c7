using System.Net;
using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// Turns a script's bytes into well-formed messages about names the engine has or might want, which random bytes would hardly ever hit.
/// </summary>
internal sealed class PacketComposer
{
    private const ushort Internet = 1;
    private const int MostEntries = 40;

    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "beacon.local", "beacon-2.local", "beacon-3.local", "Beacon._http._tcp.local", "Beacon._beacon._tcp.local",
            "Beacon (2)._http._tcp.local", "_http._tcp.local", "_beacon._tcp.local", "_services._dns-sd._udp.local",
            "Sensor._http._tcp.local", "Sensor (2)._http._tcp.local", "beacon-10-77-1-50.local", "beacon-10-77-1-51.local",
            "Küche (2)._ipp._tcp.local", "_ipp._tcp.local", "Disk._smb._tcp.local", "beacon-nas-lan.local", "self.local",
            "1.1.77.10.in-addr.arpa", "other.local", ".",
        }.Select(Parse),
    ];

    private static readonly RecordType[] Types =
    [
        RecordType.A, RecordType.Aaaa, RecordType.Ptr, RecordType.Srv, RecordType.Txt, RecordType.Nsec, RecordType.Any, RecordType.Opt,
        RecordType.Cname, RecordType.Hinfo, RecordType.None, (RecordType)252, (RecordType)46, (RecordType)0xFF01,
    ];

    private static readonly uint[] Lifetimes = [0, 1, 10, 59, 60, 120, 2249, 2250, 4500, int.MaxValue, uint.MaxValue];

    private static readonly byte[][] Addresses =
    [
        .. new[] { "10.77.1.1", "10.77.1.2", "10.77.1.9", "10.77.1.50", "10.77.2.1" }.Select(text => IPAddress.Parse(text).GetAddressBytes()),
    ];

    private readonly byte[] _buffer = new byte[1472];

    public static byte[] Parse(string text) =>
        WireName.TryParse(text, out var name) ? name : throw new ArgumentException("Not a name: " + text, nameof(text));

    /// <summary>Valid until the next call.</summary>
    public ReadOnlySpan<byte> Compose(ref ScriptReader script)
    {
        var writer = new MessageWriter(_buffer);
        writer.Begin(script.Byte(), script.Word());
        for (var left = script.Byte() % MostEntries; left > 0; left--)
        {
            var name = Pick(Names, script.Byte());
            var kind = script.Byte();
            writer.TryWriteQuestion(name, Pick(Types, kind), Class(kind), wantsUnicast: (kind & 0x80) != 0);
        }

        for (var section = Section.Answer; section <= Section.Additional; section++)
        {
            for (var left = script.Byte() % MostEntries; left > 0; left--)
            {
                WriteRecord(ref writer, ref script, section);
            }
        }

        return _buffer.AsSpan(0, writer.Length);
    }

    private static void WriteRecord(ref MessageWriter writer, ref ScriptReader script, Section section)
    {
        var name = Pick(Names, script.Byte());
        var kind = script.Byte();
        var type = Pick(Types, kind & 0x1F);
        var ttl = Pick(Lifetimes, script.Byte());
        writer.TryWriteRecord(section, name, type, Class(kind), (kind & 0x80) != 0, ttl, Rdata(type, ref script));
    }

    /// <summary>Mostly the Internet; sometimes another.</summary>
    private static ushort Class(byte kind) => (kind & 0x60) == 0x60 ? (ushort)3 : Internet;

    private static byte[] Rdata(RecordType type, ref ScriptReader script)
    {
        var choice = script.Byte();
        return type switch
        {
            RecordType.A => Pick(Addresses, choice),
            RecordType.Aaaa => [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, choice],
            RecordType.Ptr or RecordType.Cname => Pick(Names, choice),
            RecordType.Srv => SrvRecord.Build(0, 0, (ushort)(80 + (choice >> 6)), Pick(Names, choice & 0x3F)),
            RecordType.Nsec => NsecRecord.Build(Pick(Names, choice), [RecordType.A, RecordType.Srv]),
            RecordType.Txt => choice == 0 ? TxtRecord.Empty.ToArray() : TxtRecord.Build([[.. "path=/"u8], [choice]]),
            _ => script.Take(choice).ToArray(),
        };
    }

    private static T Pick<T>(T[] from, int number) => from[number % from.Length];
}
