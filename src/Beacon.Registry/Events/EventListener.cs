namespace Beacon.Registry.Events;

/// <summary>
/// One listener's bounded queue of events, filled in order by the hub. When it is full the oldest event is dropped and counted:
/// a listener that sees <see cref="Lost"/> rise (or a gap in sequences) must read the registry afresh.
/// </summary>
/// <remarks>Any thread may publish; one consumer reads.</remarks>
public sealed class EventListener
{
    internal EventListener(int capacity) => Capacity = capacity;

    public int Capacity { get; }

    /// <summary>Events dropped because the consumer was too slow.</summary>
    public long Lost => throw new NotSupportedException();

    /// <summary>Moves up to <paramref name="target"/>.Length events out, oldest first; returns how many.</summary>
    public int Read(Span<RegistryEvent> target) => throw new NotSupportedException();

    /// <summary>
    /// Called by the publisher after an event was queued while the queue was empty, on the publisher's thread and possibly under the
    /// registry's gate: it must only set a signal (a SemaphoreSlim release, a ManualResetEventSlim set), never call back.
    /// </summary>
    public Action? Wake { get; set; }
}
