using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beacon.Client.Discovery;

/// <summary>Reads an mDNS answer. What is broken, or meant for others, is no answer; nothing in it is an exception.</summary>
internal static class AnswerReader
{
    private const int HeaderBytes = 12;
    private const int QuestionBytes = 4;
    private const int RecordBytes = 10;
    private const int MaxRecords = 128;
    private const int PortAt = 4;
    private const int TargetAt = 6;
    private const int IPv4Bytes = 4;
    private const int IPv6Bytes = 16;
    private const ushort ResponseMask = 0xF80F;
    private const ushort Response = 0x8000;
    private const ushort ClassMask = 0x7FFF;
    private const ushort Internet = 1;

    /// <returns>The root of the API that answered question <paramref name="number"/>, or null.</returns>
    public static Uri? Read(ReadOnlySpan<byte> datagram, ushort number, IPAddress source)
    {
        if (!TryReadRecords(datagram, number, out var records))
        {
            return null;
        }

        foreach (var instance in records.Where(one => one.Type == DnsType.Pointer && one.Name == BeaconQuestion.Name).Select(one => one.Target))
        {
            foreach (var service in records.Where(one => one.Type == DnsType.Service && one.Name == instance && one.Port > 0))
            {
                var path = records.FirstOrDefault(one => one.Type == DnsType.Text && one.Name == instance)?.Path ?? ApiRoot.DefaultPath;
                if (Choose(source, records.Where(one => one.Address is not null && one.Name == service.Target)) is { } address)
                {
                    return new UriBuilder("http", address.ToString(), service.Port, path + "/").Uri;
                }
            }
        }

        return null;
    }

    /// <summary>The one that answered if it is among them; then IPv4. An address that needs an interface beside it fits no URL.</summary>
    private static IPAddress? Choose(IPAddress source, IEnumerable<DnsRecord> records) =>
        records.Select(one => one.Address!)
            .Where(one => !one.IsIPv6LinkLocal)
            .OrderByDescending(one => one.Equals(source))
            .ThenByDescending(one => one.AddressFamily == AddressFamily.InterNetwork)
            .FirstOrDefault();

    private static bool TryReadRecords(ReadOnlySpan<byte> datagram, ushort number, out List<DnsRecord> records)
    {
        records = [];
        if (datagram.Length < HeaderBytes || Word(datagram, 0) != number || (Word(datagram, 2) & ResponseMask) != Response)
        {
            return false;
        }

        var at = HeaderBytes;
        for (var left = Math.Min((int)Word(datagram, 4), MaxRecords); left > 0; left--)
        {
            if (!NameReader.TryRead(datagram, at, out _, out at))
            {
                return false;
            }

            at += QuestionBytes;
        }

        for (var left = Math.Min(Word(datagram, 6) + Word(datagram, 8) + Word(datagram, 10), MaxRecords); left > 0; left--)
        {
            if (!NameReader.TryRead(datagram, at, out var name, out at) || at + RecordBytes > datagram.Length)
            {
                return false;
            }

            var (type, kind, start) = ((DnsType)Word(datagram, at), Word(datagram, at + 2) & ClassMask, at + RecordBytes);
            at = start + Word(datagram, at + 8);
            if (at > datagram.Length)
            {
                return false;
            }

            if (kind == Internet && ReadData(datagram, name, type, start, datagram[start..at]) is { } record)
            {
                records.Add(record);
            }
        }

        return true;
    }

    private static DnsRecord? ReadData(ReadOnlySpan<byte> datagram, string name, DnsType type, int start, ReadOnlySpan<byte> data) => type switch
    {
        DnsType.Pointer when NameReader.TryRead(datagram, start, out var target, out _) => new DnsRecord(name, type, target),
        DnsType.Service when data.Length > TargetAt && NameReader.TryRead(datagram, start + TargetAt, out var target, out _) =>
            new DnsRecord(name, type, target, Word(data, PortAt)),
        DnsType.Text => new DnsRecord(name, type, Path: PathOf(data)),
        DnsType.Address when data.Length == IPv4Bytes => new DnsRecord(name, type, Address: new IPAddress(data)),
        DnsType.Address6 when data.Length == IPv6Bytes => new DnsRecord(name, type, Address: new IPAddress(data)),
        _ => null,
    };

    /// <summary>The value of <c>api</c>, when it is a plain path: it becomes part of a URL.</summary>
    private static string? PathOf(ReadOnlySpan<byte> data)
    {
        const string Key = "api=";
        for (var at = 0; at < data.Length; at += 1 + data[at])
        {
            var entry = Encoding.UTF8.GetString(data.Slice(at + 1, Math.Min(data[at], data.Length - at - 1)));
            if (entry.StartsWith(Key, StringComparison.OrdinalIgnoreCase) && IsPlainPath(entry[Key.Length..]))
            {
                return entry[Key.Length..].TrimEnd('/');
            }
        }

        return null;
    }

    private static bool IsPlainPath(string path) => path.StartsWith('/') && path.All(one => one is > ' ' and <= '~' and not ('?' or '#' or '\\'));

    private static ushort Word(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16BigEndian(from[at..]);
}
