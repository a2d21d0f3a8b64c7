namespace Beacon.Registry.Events;

/// <summary>Tells every listener of every change, in order. Publishing never waits for a listener.</summary>
public sealed class EventHub
{
    public EventHub(TimeProvider time) => Time = time;

    internal TimeProvider Time { get; }

    /// <summary>Sequence of the newest event; 0 before the first.</summary>
    public long LastSequence => throw new NotSupportedException();

    public EventListener Listen(int capacity) => throw new NotSupportedException();

    public void Unlisten(EventListener listener) => throw new NotSupportedException();
}
