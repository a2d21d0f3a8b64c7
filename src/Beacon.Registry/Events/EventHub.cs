using System.Net;
using Beacon.Registry.Services;

namespace Beacon.Registry.Events;

/// <summary>Tells every listener of every change, in order. Publishing never waits for a listener.</summary>
/// <remarks>The registry publishes under its gate, so that the order of sequences is the order of changes. Any thread may listen.</remarks>
public sealed class EventHub
{
    private readonly Lock _gate = new();
    private volatile EventListener[] _listeners = [];
    private long _lastSequence;

    /// <summary>Sequence of the newest event; 0 before the first.</summary>
    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>From now on every event goes to the returned queue too, until <see cref="Unlisten"/>.</summary>
    /// <param name="without">
    /// Kinds this listener does not want: they take no room in its queue, so a million heartbeats push nothing out of it. Sequences have gaps
    /// then that mean nothing; <see cref="EventListener.Lost"/> tells.
    /// </param>
    public EventListener Listen(int capacity, params ReadOnlySpan<RegistryEventKind> without)
    {
        var listener = new EventListener(capacity, without);
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }

        return listener;
    }

    public void Unlisten(EventListener listener)
    {
        lock (_gate)
        {
            var rest = new List<EventListener>(_listeners);
            rest.Remove(listener);
            _listeners = rest.ToArray();
        }
    }

    /// <summary>One publisher at a time.</summary>
    internal long Publish(
        RegistryEventKind kind, DateTimeOffset at, ServiceView? service, int count = 0, ServiceInstance? previous = null, IPAddress? source = null)
    {
        var sequence = _lastSequence + 1;
        var registryEvent = new RegistryEvent(sequence, kind, at, service, count, previous, source);
        Volatile.Write(ref _lastSequence, sequence);
        foreach (var listener in _listeners)
        {
            if (listener.Wants(kind))
            {
                listener.Offer(registryEvent);
            }
        }

        return sequence;
    }
}
