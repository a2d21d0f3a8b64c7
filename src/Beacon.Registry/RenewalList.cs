namespace Beacon.Registry;

/// <summary>
/// Entries renewed since the last drain, each at most once: so it needs no bound of its own and renewing allocates nothing.
/// Any thread pushes without a lock; one thread drains all at once, which is why a compare-and-swap on the head suffices.
/// </summary>
internal sealed class RenewalList
{
    private ServiceEntry? _head;

    public void Push(ServiceEntry entry)
    {
        if (!entry.MarkRenewalPending())
        {
            return;
        }

        ServiceEntry? head;
        do
        {
            head = Volatile.Read(ref _head);
            entry.NextRenewed = head;
        }
        while (Interlocked.CompareExchange(ref _head, entry, head) != head);
    }

    /// <summary>Everything pushed so far as a list over <see cref="ServiceEntry.NextRenewed"/>, newest first; null when there is nothing.</summary>
    public ServiceEntry? TakeAll() => Interlocked.Exchange(ref _head, null);
}
