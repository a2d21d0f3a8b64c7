using System.Net;

namespace Beacon.Mdns.Publishing;

/// <summary>
/// When to look up which unicast host name: at once for a new one, again every minute, and after a failure with growing pauses. The
/// looking up itself happens elsewhere. Owned by the engine's thread.
/// </summary>
/// <param name="start">Begins one look-up; its result must come back through <see cref="OnResult"/>, exactly once.</param>
internal sealed class HostLookups(Action<string> start)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Entry, long> _due = new();
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);

    public long NextDue =>
        _running.Count < MdnsLimits.ConcurrentLookups && _due.TryPeek(out _, out var due) ? due : MdnsTimings.Idle;

    /// <summary>Where the name stands; the first to ask for it starts its look-ups.</summary>
    public LookupState Use(string name, PublishedService user, long now)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            entry = new Entry(name);
            _entries.Add(name, entry);
            _due.Enqueue(entry, now);
        }

        entry.Users.Add(user);
        return entry.State;
    }

    public IReadOnlyList<IPAddress> AddressesOf(string name) =>
        _entries.TryGetValue(name, out var entry) ? entry.Addresses : [];

    /// <summary>Nobody needs a name any more whose last user is gone.</summary>
    public void Release(string name, PublishedService user)
    {
        if (_entries.TryGetValue(name, out var entry) && entry.Users.Remove(user) && entry.Users.Count == 0)
        {
            _entries.Remove(name);
            entry.IsGone = true;
        }
    }

    public void OnTimer(long now)
    {
        while (_running.Count < MdnsLimits.ConcurrentLookups && _due.TryPeek(out var entry, out var due) && due <= now)
        {
            _due.Dequeue();
            if (entry.IsGone)
            {
                continue;
            }

            if (!_running.Add(entry.Name))
            {
                // Released and wanted again while the old look-up still runs: its answer serves.
                continue;
            }

            start(entry.Name);
        }
    }

    /// <summary>Addresses other hosts can use, or none. Returns the services whose announcement may change by it; null when nothing did.</summary>
    public IReadOnlyList<PublishedService>? OnResult(string name, IReadOnlyList<IPAddress> found, long now)
    {
        _running.Remove(name);
        if (!_entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        if (found.Count > 0)
        {
            var isNew = entry.State != LookupState.Found || !AreSame(entry.Addresses, found);
            entry.State = LookupState.Found;
            entry.Addresses = found;
            entry.Backoff = MdnsTimings.LookupBackoffLeast;
            _due.Enqueue(entry, now + MdnsTimings.LookupRefresh.Ticks);
            return isNew ? [.. entry.Users] : null;
        }

        _due.Enqueue(entry, now + entry.Backoff.Ticks);
        entry.Backoff = TimeSpan.FromTicks(Math.Min(entry.Backoff.Ticks * 2, MdnsTimings.LookupBackoffMost.Ticks));
        if (entry.State != LookupState.Unknown)
        {
            // A name server that is down for a while does not move the host: the last known addresses stay.
            return null;
        }

        entry.State = LookupState.Failed;
        return [.. entry.Users];
    }

    private static bool AreSame(IReadOnlyList<IPAddress> left, IReadOnlyList<IPAddress> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        // Name servers rotate their answers; the order says nothing.
        foreach (var address in left)
        {
            if (!right.Contains(address))
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Entry(string name)
    {
        public string Name { get; } = name;

        public HashSet<PublishedService> Users { get; } = [];

        public LookupState State { get; set; } = LookupState.Unknown;

        public IReadOnlyList<IPAddress> Addresses { get; set; } = [];

        public TimeSpan Backoff { get; set; } = MdnsTimings.LookupBackoffLeast;

        public bool IsGone { get; set; }
    }
}
