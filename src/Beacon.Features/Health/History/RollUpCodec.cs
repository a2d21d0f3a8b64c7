namespace Beacon.Features.Health.History;

/// <summary>Chunks of roll-ups: a minute with one result that passed, which is nearly every one, has three or four bytes.</summary>
internal static class RollUpCodec
{
    private const byte Version = 1;

    /// <summary>One result, passed and with an answer: one response time says it all.</summary>
    private const int SimpleBit = 1;

    /// <summary>All passed and had an answer, none was planned.</summary>
    private const byte Whole = 1;

    /// <param name="origin">Start of the chunk, seconds since 1970 UTC.</param>
    /// <param name="step">Seconds of a roll-up.</param>
    public static byte[] Encode(IEnumerable<RollUp> rollUps, long origin, int step)
    {
        var bytes = new ByteWriter();
        bytes.Byte(Version);
        var last = -1L;
        foreach (var one in rollUps)
        {
            var place = (one.Start - origin) / step;
            var isSimple = one is { Count: 1, Up: 1, Planned: 0, Timed: 1 };
            bytes.Number(((ulong)(place - last) << 1) | (isSimple ? SimpleBit : 0UL));
            last = place;
            if (isSimple)
            {
                bytes.Number((ulong)one.Sum);
            }
            else
            {
                WriteFigures(bytes, one);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>In order. False: damaged; what came before the damage was added.</summary>
    public static bool Decode(ReadOnlySpan<byte> data, long origin, int step, List<RollUp> rollUps)
    {
        var reader = new ByteReader(data);
        if (reader.Byte() != Version)
        {
            return false;
        }

        var place = -1L;
        while (!reader.IsAtEnd)
        {
            var head = reader.Number();
            place += (long)(head >> 1);
            var start = origin + (place * step);
            var one = (head & SimpleBit) != 0 ? Simple(start, reader.Integer()) : ReadFigures(start, ref reader);
            if (reader.IsDamaged)
            {
                return false;
            }

            rollUps.Add(one);
        }

        return !reader.IsDamaged;
    }

    private static RollUp Simple(long start, int response) => new(start, 1, 1, 0, 1, response, response, response, response, response);

    private static void WriteFigures(ByteWriter bytes, in RollUp one)
    {
        var isWhole = one.Up == one.Count && one.Timed == one.Count && one.Planned == 0;
        bytes.Byte(isWhole ? Whole : (byte)0);
        bytes.Number((uint)one.Count);
        if (!isWhole)
        {
            bytes.Number((uint)one.Up);
            bytes.Number((uint)one.Planned);
            bytes.Number((uint)one.Timed);
        }

        if (one.Timed == 0)
        {
            return;
        }

        bytes.Number((ulong)one.Sum);
        bytes.Number((uint)one.Min);
        bytes.Number((uint)(one.P50 - one.Min));
        bytes.Number((uint)(one.P95 - one.P50));
        bytes.Number((uint)(one.Max - one.P95));
    }

    private static RollUp ReadFigures(long start, ref ByteReader reader)
    {
        var isWhole = reader.Byte() == Whole;
        var count = reader.Integer();
        int up = count, planned = 0, timed = count;
        if (!isWhole)
        {
            up = reader.Integer();
            planned = reader.Integer();
            timed = reader.Integer();
        }

        if (timed == 0)
        {
            return new RollUp(start, count, up, planned, 0, 0, 0, 0, 0, 0);
        }

        var sum = (long)reader.Number();
        var min = reader.Integer();
        var p50 = min + reader.Integer();
        var p95 = p50 + reader.Integer();
        return new RollUp(start, count, up, planned, timed, sum, min, p50, p95, p95 + reader.Integer());
    }
}
