namespace Beacon.Registry.Events;

/// <summary>
/// One listener's bounded queue of events, filled in order by the hub. When it is full the oldest event is dropped and counted:
/// a listener that sees <see cref="Lost"/> rise (or a gap in sequences) must read the registry afresh.
/// </summary>
/// <remarks>Any thread may publish; one consumer reads.</remarks>
public sealed class EventListener
{
    /// <summary>A queue starts small: most listeners keep up, and a full-sized one per listener would cost megabytes at start.</summary>
    private const int InitialSize = 64;

    private readonly Lock _gate = new();
    private readonly uint _unwanted;
    private RegistryEvent[] _ring;
    private int _first;
    private int _count;
    private long _lost;

    internal EventListener(int capacity, ReadOnlySpan<RegistryEventKind> without = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        foreach (var kind in without)
        {
            _unwanted |= 1u << (int)kind;
        }

        Capacity = capacity;
        _ring = new RegistryEvent[Math.Min(capacity, InitialSize)];
    }

    public int Capacity { get; }

    /// <summary>Events dropped because the consumer was too slow.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>
    /// Called after an event was queued while the queue was empty, on the publisher's thread and possibly under the
    /// registry's gate: it must only set a signal (a SemaphoreSlim release, a ManualResetEventSlim set), never call back.
    /// </summary>
    public Action? Wake { get; set; }

    /// <summary>Moves up to <paramref name="target"/>.Length events out, oldest first; returns how many.</summary>
    public int Read(Span<RegistryEvent> target)
    {
        lock (_gate)
        {
            var moved = Math.Min(target.Length, _count);
            for (var i = 0; i < moved; i++)
            {
                target[i] = _ring[_first];
                _ring[_first] = default;
                _first = (_first + 1) % _ring.Length;
            }

            _count -= moved;
            return moved;
        }
    }

    internal bool Wants(RegistryEventKind kind) => (_unwanted & (1u << (int)kind)) == 0;

    internal void Offer(in RegistryEvent registryEvent)
    {
        bool wasEmpty;
        lock (_gate)
        {
            wasEmpty = _count == 0;
            if (_count == _ring.Length && !TryGrow())
            {
                _first = (_first + 1) % _ring.Length;
                _count--;
                _lost++;
            }

            _ring[(_first + _count) % _ring.Length] = registryEvent;
            _count++;
        }

        if (wasEmpty)
        {
            Wake?.Invoke();
        }
    }

    private bool TryGrow()
    {
        if (_ring.Length == Capacity)
        {
            return false;
        }

        var larger = new RegistryEvent[Math.Min(Capacity, _ring.Length * 2)];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _ring[(_first + i) % _ring.Length];
        }

        _ring = larger;
        _first = 0;
        return true;
    }
}
