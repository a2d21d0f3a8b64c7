using Beacon.Features.Health.History;

namespace Beacon.Features.Statistics;

/// <summary>Chunks of figures: only what is not zero, and each type's name once.</summary>
internal static class TrafficCodec
{
    private const byte Version = 1;
    private const int AnyTypeBit = 1 << TrafficFigures.Kinds;
    private const int OtherTypesBit = 1 << (TrafficFigures.Kinds + 1);
    private const int ByTypeBit = 1 << (TrafficFigures.Kinds + 2);

    public static byte[] Encode(SortedDictionary<long, TrafficFigures> figures, long origin, int step)
    {
        var bytes = new ByteWriter();
        bytes.Byte(Version);
        var names = new Dictionary<string, int>();
        var last = -1L;
        foreach (var (start, one) in figures.Where(x => !x.Value.IsEmpty))
        {
            var place = (start - origin) / step;
            bytes.Number((ulong)(place - last));
            last = place;
            Write(bytes, one, names);
        }

        return bytes.ToArray();
    }

    /// <summary>False: damaged; what came before the damage was added.</summary>
    public static bool Decode(ReadOnlySpan<byte> data, long origin, int step, SortedDictionary<long, TrafficFigures> figures)
    {
        var reader = new ByteReader(data);
        if (reader.Byte() != Version)
        {
            return false;
        }

        var names = new List<string>();
        var place = -1L;
        while (!reader.IsAtEnd)
        {
            place += reader.Integer();
            var one = Read(ref reader, names);
            if (one is null || reader.IsDamaged)
            {
                return false;
            }

            figures[origin + (place * step)] = one;
        }

        return !reader.IsDamaged;
    }

    private static void Write(ByteWriter bytes, TrafficFigures one, Dictionary<string, int> names)
    {
        var marks = (one.AnyType > 0 ? AnyTypeBit : 0) | (one.OtherTypes > 0 ? OtherTypesBit : 0) | (one.ByType.Count > 0 ? ByTypeBit : 0);
        for (var kind = 0; kind < TrafficFigures.Kinds; kind++)
        {
            marks |= one[(TrafficKind)kind] > 0 ? 1 << kind : 0;
        }

        bytes.Byte((byte)marks);
        for (var kind = 0; kind < TrafficFigures.Kinds; kind++)
        {
            WriteCount(bytes, one[(TrafficKind)kind]);
        }

        WriteCount(bytes, one.AnyType);
        WriteCount(bytes, one.OtherTypes);
        if (one.ByType.Count == 0)
        {
            return;
        }

        bytes.Number((uint)one.ByType.Count);
        foreach (var (type, count) in one.ByType)
        {
            var isKnown = names.TryGetValue(type, out var index);
            bytes.Number(isKnown ? (uint)index + 1 : 0);
            if (!isKnown)
            {
                names.Add(type, names.Count);
                bytes.Text(type);
            }

            bytes.Number((ulong)count);
        }
    }

    private static void WriteCount(ByteWriter bytes, long count)
    {
        if (count > 0)
        {
            bytes.Number((ulong)count);
        }
    }

    /// <summary>Null: damaged.</summary>
    private static TrafficFigures? Read(ref ByteReader reader, List<string> names)
    {
        var one = new TrafficFigures();
        var marks = reader.Byte();
        for (var kind = 0; kind < TrafficFigures.Kinds; kind++)
        {
            one.Add((TrafficKind)kind, (marks & (1 << kind)) != 0 ? (long)reader.Number() : 0);
        }

        one.AddAnyType((marks & AnyTypeBit) != 0 ? (long)reader.Number() : 0);
        one.AddOtherTypes((marks & OtherTypesBit) != 0 ? (long)reader.Number() : 0);
        var types = (marks & ByTypeBit) != 0 ? reader.Integer() : 0;
        if (types > TrafficLimits.MaxTypes)
        {
            return null;
        }

        for (var i = 0; i < types; i++)
        {
            var index = reader.Integer();
            if (index == 0)
            {
                names.Add(reader.Text());
                index = names.Count;
            }

            if (reader.IsDamaged || index > names.Count)
            {
                return null;
            }

            one.AddType(names[index - 1], (long)reader.Number());
        }

        return one;
    }
}
