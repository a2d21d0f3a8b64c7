using System.Buffers.Binary;
using System.Text;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>A packet taken apart by code that shares nothing with the codec under test.</summary>
internal sealed class DecodedMessage
{
    private readonly byte[] _bytes;
    private int _at = 12;

    public DecodedMessage(byte[] bytes)
    {
        _bytes = bytes;
        Id = Number(0);
        Flags = Number(2);
        for (var left = Number(4); left > 0; left--)
        {
            var name = ReadName();
            var cls = Number(_at + 2);
            Questions.Add(new DecodedQuestion(name, Number(_at), (ushort)(cls & 0x7FFF), (cls & 0x8000) != 0));
            _at += 4;
        }

        ReadRecords(Number(6), Answers);
        ReadRecords(Number(8), Authorities);
        ReadRecords(Number(10), Additionals);
        if (_at != bytes.Length)
        {
            throw new InvalidDataException($"{bytes.Length - _at} bytes after the last record");
        }
    }

    public ushort Id { get; }

    public ushort Flags { get; }

    public bool IsResponse => (Flags & 0x8000) != 0;

    public bool IsTruncated => (Flags & 0x0200) != 0;

    public List<DecodedQuestion> Questions { get; } = [];

    public List<DecodedRecord> Answers { get; } = [];

    public List<DecodedRecord> Authorities { get; } = [];

    public List<DecodedRecord> Additionals { get; } = [];

    public bool IsProbe => !IsResponse && Authorities.Count > 0;

    public static string NameText(ReadOnlySpan<byte> wire)
    {
        var labels = new List<string>();
        for (var at = 0; wire[at] != 0; at += wire[at] + 1)
        {
            labels.Add(Encoding.UTF8.GetString(wire.Slice(at + 1, wire[at])).Replace(".", "\\.", StringComparison.Ordinal));
        }

        return string.Join('.', labels);
    }

    private void ReadRecords(int count, List<DecodedRecord> into)
    {
        for (; count > 0; count--)
        {
            var name = ReadName();
            var type = Number(_at);
            var cls = Number(_at + 2);
            var ttl = BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan(_at + 4));
            int length = Number(_at + 8);
            _at += 10;
            var raw = _bytes.AsSpan(_at, length).ToArray();
            var end = _at + length;
            var isOpt = type == DecodedRecord.Opt;
            var rdata = Expand(type, raw);
            _at = end;
            into.Add(new DecodedRecord(
                name, type, isOpt ? cls : (ushort)(cls & 0x7FFF), !isOpt && (cls & 0x8000) != 0, ttl, rdata, raw));
        }
    }

    private byte[] Expand(ushort type, byte[] raw)
    {
        var fixedPart = type switch
        {
            DecodedRecord.Ptr or DecodedRecord.Nsec => 0,
            DecodedRecord.Srv => 6,
            _ => -1,
        };
        if (fixedPart < 0)
        {
            return raw;
        }

        var start = _at;
        var next = start + fixedPart;
        var name = ReadWireName(ref next);
        return [.. raw.AsSpan(0, fixedPart), .. name, .. _bytes.AsSpan(next, start + raw.Length - next)];
    }

    private string ReadName() => NameText(ReadWireName(ref _at));

    private byte[] ReadWireName(ref int at)
    {
        var name = new List<byte>();
        var next = at;
        var hasJumped = false;
        while (_bytes[next] != 0)
        {
            if (_bytes[next] >= 0xC0)
            {
                var target = Number(next) & 0x3FFF;
                if (!hasJumped)
                {
                    at = next + 2;
                    hasJumped = true;
                }

                if (target >= next)
                {
                    throw new InvalidDataException("forward pointer");
                }

                next = target;
                continue;
            }

            name.AddRange(_bytes.AsSpan(next, _bytes[next] + 1));
            next += _bytes[next] + 1;
        }

        if (!hasJumped)
        {
            at = next + 1;
        }

        name.Add(0);
        return [.. name];
    }

    private ushort Number(int at) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(at));
}
