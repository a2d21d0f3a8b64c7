namespace Beacon.Features.Statistics;

/// <summary>Counts since somebody last took it. Any thread; a heartbeat costs one addition.</summary>
public sealed class TrafficCounter
{
    private readonly long[] _counts = new long[TrafficFigures.Kinds];
    private readonly Lock _gate = new();
    private TrafficFigures _lookups = new();

    public void Count(TrafficKind kind, long count = 1) => Interlocked.Add(ref _counts[(int)kind], count);

    /// <param name="type">Null or empty: for any.</param>
    public void Lookup(string? type)
    {
        lock (_gate)
        {
            if (string.IsNullOrEmpty(type))
            {
                _lookups.AddAnyType(1);
            }
            else if (type.Length <= Registry.Services.ServiceLimits.MaxType)
            {
                _lookups.AddType(type, 1);
            }
            else
            {
                // No service can have such a type; nobody shall fill the memory with them.
                _lookups.AddOtherTypes(1);
            }
        }
    }

    /// <summary>Adds them to <paramref name="figures"/> and begins anew.</summary>
    internal void TakeInto(TrafficFigures figures)
    {
        for (var kind = 0; kind < _counts.Length; kind++)
        {
            figures.Add((TrafficKind)kind, Interlocked.Exchange(ref _counts[kind], 0));
        }

        TrafficFigures lookups;
        lock (_gate)
        {
            lookups = _lookups;
            _lookups = new TrafficFigures();
        }

        figures.Add(lookups);
    }
}
