namespace Beacon.Storage;

/// <summary>
/// Those who wait for a sequence to be stored. Any thread. Bounded by the requests in flight: who gives up leaves the table.
/// </summary>
internal sealed class StoredWaiters(long stored)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, Waiter> _bySequence = [];
    private long _stored = stored;

    /// <summary>Everything up to this sequence is in the store.</summary>
    public long Stored
    {
        get
        {
            lock (_gate)
            {
                return _stored;
            }
        }
    }

    /// <summary>Follow every call by one of <see cref="Leave"/>.</summary>
    public Task Join(long sequence)
    {
        lock (_gate)
        {
            if (sequence <= _stored)
            {
                return Task.CompletedTask;
            }

            if (!_bySequence.TryGetValue(sequence, out var waiter))
            {
                waiter = new Waiter();
                _bySequence.Add(sequence, waiter);
            }

            waiter.Count++;
            return waiter.Done.Task;
        }
    }

    public void Leave(long sequence)
    {
        lock (_gate)
        {
            if (_bySequence.TryGetValue(sequence, out var waiter) && --waiter.Count == 0)
            {
                _bySequence.Remove(sequence);
            }
        }
    }

    /// <summary>Releases everybody up to that sequence together.</summary>
    public void Complete(long sequence)
    {
        foreach (var waiter in TakeUpTo(sequence, stored: true))
        {
            waiter.Done.TrySetResult();
        }
    }

    /// <summary>Turns away everybody up to that sequence, each with an exception of its own.</summary>
    public void Fault(long sequence, Func<Exception> error)
    {
        foreach (var waiter in TakeUpTo(sequence, stored: false))
        {
            waiter.Done.TrySetException(error());
        }
    }

    private List<Waiter> TakeUpTo(long sequence, bool stored)
    {
        var taken = new List<Waiter>();
        lock (_gate)
        {
            _stored = stored ? Math.Max(_stored, sequence) : _stored;
            foreach (var (at, waiter) in _bySequence)
            {
                if (at > sequence)
                {
                    break;
                }

                taken.Add(waiter);
            }

            foreach (var at in _bySequence.Keys.Take(taken.Count).ToList())
            {
                _bySequence.Remove(at);
            }
        }

        return taken;
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }
    }
}
