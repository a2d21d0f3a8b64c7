namespace Beacon.Features.Statistics;

/// <summary>What happened in some stretch of time. Look-ups are by the type that was asked for.</summary>
public sealed class TrafficFigures
{
    internal const int Kinds = (int)TrafficKind.HealthChange + 1;

    private readonly long[] _counts = new long[Kinds];
    private readonly SortedDictionary<string, long> _byType = new(StringComparer.Ordinal);

    /// <summary>For any type.</summary>
    public long AnyType { get; private set; }

    /// <summary>For types beyond <see cref="TrafficLimits.MaxTypes"/>.</summary>
    public long OtherTypes { get; private set; }

    public IReadOnlyDictionary<string, long> ByType => _byType;

    public long Lookups => AnyType + OtherTypes + _byType.Values.Sum();

    public bool IsEmpty => Lookups == 0 && Array.TrueForAll(_counts, x => x == 0);

    public long this[TrafficKind kind] => _counts[(int)kind];

    internal void Add(TrafficKind kind, long count) => _counts[(int)kind] += count;

    internal void AddAnyType(long count) => AnyType += count;

    internal void AddOtherTypes(long count) => OtherTypes += count;

    internal void AddType(string type, long count)
    {
        if (_byType.TryGetValue(type, out var counted))
        {
            _byType[type] = counted + count;
        }
        else if (_byType.Count < TrafficLimits.MaxTypes)
        {
            _byType[type] = count;
        }
        else
        {
            OtherTypes += count;
        }
    }

    internal void Add(TrafficFigures other)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            _counts[kind] += other._counts[kind];
        }

        AnyType += other.AnyType;
        OtherTypes += other.OtherTypes;

        // The largest first: when there is not room for all, the small ones are the rest.
        foreach (var (type, count) in other._byType.OrderByDescending(x => x.Value))
        {
            AddType(type, count);
        }
    }
}
