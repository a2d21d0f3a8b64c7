namespace Beacon.Aot.Metrics;

/// <summary>One value, or one histogram, of an instrument with one set of label values. Written by any thread, without a lock.</summary>
internal sealed class Series
{
    private readonly double[] _bounds;
    private readonly long[] _counts;
    private long _whole;
    private long _fraction;

    /// <param name="bounds">Upper ends of a histogram's buckets, rising; empty for anything else.</param>
    public Series(KeyValuePair<string, object?>[] tags, string labels, double[] bounds)
    {
        (Tags, Labels, _bounds) = (tags, labels, bounds);
        _counts = new long[bounds.Length + 1];
    }

    /// <summary>As they were measured, to be found again.</summary>
    public KeyValuePair<string, object?>[] Tags { get; }

    /// <summary>As they are written, without the braces.</summary>
    public string Labels { get; }

    /// <summary>The next one with the same hash.</summary>
    public Series? Next { get; init; }

    /// <summary>The value, or a histogram's sum.</summary>
    public double Value => Volatile.Read(ref _whole) + BitConverter.Int64BitsToDouble(Volatile.Read(ref _fraction));

    public IReadOnlyList<double> Bounds => _bounds;

    /// <summary>Of the bucket with this index; the last one has no upper end.</summary>
    public long CountIn(int bucket) => Volatile.Read(ref _counts[bucket]);

    public void Add(long value) => Interlocked.Add(ref _whole, value);

    public void Add(double value)
    {
        long seen, wanted;
        do
        {
            seen = Volatile.Read(ref _fraction);
            wanted = BitConverter.DoubleToInt64Bits(BitConverter.Int64BitsToDouble(seen) + value);
        }
        while (Interlocked.CompareExchange(ref _fraction, wanted, seen) != seen);
    }

    public void Set(double value) => Volatile.Write(ref _fraction, BitConverter.DoubleToInt64Bits(value));

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < _bounds.Length && value > _bounds[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _counts[bucket]);
        Add(value);
    }
}
