using System.Net;
using System.Runtime.InteropServices;
using Beacon.Registry.Events;
using Beacon.Registry.Indexes;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;

namespace Beacon.Registry;

// When leases end: renewing without a lock, and the one thread that lets them run out.
public sealed partial class ServiceRegistry
{
    /// <summary>How late a lease may be noticed to have ended, at most, besides the pace of <see cref="Advance"/>.</summary>
    public static readonly TimeSpan TickLength = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Leases ended in one call of <see cref="Advance"/>, which then returns as many; more than that end in the next (<see cref="IsBehind"/>).
    /// A hundred thousand that end together so come in portions of a few
    /// milliseconds, between which others work, instead of running over every queue.
    /// </summary>
    public const int MostEndsPerCall = 4_096;

    /// <summary>Renewals told under one hold of the gate; a registration waits for at most this many.</summary>
    private const int RenewalsPerHold = 256;

    /// <summary>
    /// Leases looked at, and ended, under one hold of the gate: some 0.1 ms. Fewer let a registration through sooner and change every list
    /// of the indexes oftener.
    /// </summary>
    private const int LeasesPerHold = 256;

    private readonly Lock _wheelLock = new();
    private readonly LeaseWheel<ServiceEntry> _wheel;
    private readonly RenewalList _renewed = new();
    private readonly List<ServiceEntry> _due = [];

    /// <summary>Leases that have ended and are not told of yet; the wheel does not know of them any more.</summary>
    private readonly Queue<ServiceEntry> _over = [];
    private readonly List<ServiceEntry> _ending = [];

    /// <summary>More leases are over than ended in the last <see cref="Advance"/>. For its caller.</summary>
    public bool IsBehind => _over.Count > 0;

    /// <summary>
    /// Prolongs a lease. Takes no lock that registration takes and allocates nothing, unless the service had expired (it is revived) or
    /// the new end comes before the old one. A service that lives by its health alone is heard and not prolonged. Outcomes: Renewed,
    /// UnknownService.
    /// </summary>
    /// <param name="ttlSeconds">For this renewal only, not stored; null: the service's own.</param>
    public RegistryOutcome Renew(ServiceId id, int? ttlSeconds, out ServiceView view)
    {
        if (!_byId.TryGetValue(id, out var entry))
        {
            view = default;
            return RegistryOutcome.UnknownService;
        }

        _metrics.Renewals.Add(1);
        Renew(entry, ttlSeconds, _clock.Now);
        view = entry.View(_clock);
        return RegistryOutcome.Renewed;
    }

    /// <summary>Prolongs many leases, as if each had been renewed by itself at the instant of the call; returns how many were known.</summary>
    /// <param name="ttlSeconds">For this renewal only, not stored; null: each service's own.</param>
    /// <param name="unknown">Gets the positions of the ids that nobody has, in rising order.</param>
    public int Renew(ReadOnlySpan<ServiceId> ids, int? ttlSeconds, ICollection<int> unknown)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        var (now, renewed) = (_clock.Now, 0);
        for (var at = 0; at < ids.Length; at++)
        {
            if (_byId.TryGetValue(ids[at], out var entry))
            {
                Renew(entry, ttlSeconds, now);
                renewed++;
            }
            else
            {
                unknown.Add(at);
            }
        }

        _metrics.Renewals.Add(renewed);
        return renewed;
    }

    /// <summary>
    /// One tick: lets leases run out that are due and tells of renewals since the last call, each service once. Called by one thread,
    /// every 50 to 100 ms. Returns how many leases ended. Of very many that are due together
    /// <see cref="MostEndsPerCall"/> end in one call, the rest in the next; none of them is lost when it is renewed in between.
    /// </summary>
    public int Advance()
    {
        if (_clock.FollowWallClock())
        {
            // Every shown time moved.
            Interlocked.Increment(ref _revision);
            lock (_gate)
            {
                FindNextMaintenanceEnd();
            }
        }

        TellRenewals();

        var now = _clock.Now;
        EndMaintenances(now);
        lock (_wheelLock)
        {
            _wheel.Advance(now / TickLength.Ticks, _due);
        }

        return EndLeases(now);
    }

    /// <inheritdoc cref="CleanUp(TimeSpan, TimeSpan, out int, IPAddress?)"/>
    public RegistryChange CleanUp(TimeSpan retention, out int removed, IPAddress? source = null) =>
        CleanUp(retention, retention, out removed, source);

    /// <summary>
    /// Removes services that expired at least <paramref name="retention"/> ago; tells of each, and of the run as a whole when there were any.
    /// </summary>
    /// <param name="checkedRetention">
    /// For services that a passing check brings back: nobody registers them anew, so they are given longer.
    /// </param>
    /// <param name="source">Of the request; null when nobody asked.</param>
    public RegistryChange CleanUp(TimeSpan retention, TimeSpan checkedRetention, out int removed, IPAddress? source = null)
    {
        removed = 0;
        var sequence = 0L;
        var now = _clock.Now;
        var entries = new EntryEnumerator(_indexes.Expired.Snapshot);
        while (entries.MoveNext())
        {
            var entry = entries.Current;
            var kept = entry.Instance.LeaseSource == LeaseSource.Heartbeat ? retention : checkedRetention;
            var latest = now - kept.Ticks;
            if (entry.LeaseEnd > latest)
            {
                continue;
            }

            lock (_gate)
            {
                if (entry.IsRemoved || entry.Status != ServiceStatus.Expired || entry.LeaseEnd > latest)
                {
                    continue;
                }

                Remove(entry);
                Tell(RegistryOutcome.Deregistered, RegistryEventKind.Removed, entry, source: source);
                removed++;
            }
        }

        if (removed > 0)
        {
            lock (_gate)
            {
                sequence = Events.Publish(RegistryEventKind.CleanedUp, _clock.ToWall(_clock.Now), null, removed, source: source);
            }
        }

        return new RegistryChange(RegistryOutcome.Deregistered, sequence, default);
    }

    private void Renew(ServiceEntry entry, int? ttlSeconds, long now)
    {
        var instance = entry.Instance;
        if (instance.LeaseSource == LeaseSource.Health)
        {
            entry.Note(now);
            return;
        }

        var end = LeaseEndAfter(instance, now, LeaseLength(ttlSeconds ?? instance.TtlSeconds));

        // The end is written before the status is read, and expiry writes the status before it reads the end: one of the two
        // always sees the other (Dekker), so a lease renewed in time is never lost.
        entry.Renew(now, end);
        if (entry.Status == ServiceStatus.Expired)
        {
            Revive(entry);
        }
        else if (end < entry.ArmedFor)
        {
            Arm(entry);
        }

        _renewed.Push(entry);
    }

    private static long LeaseLength(int ttlSeconds) => ttlSeconds * TimeSpan.TicksPerSecond;

    /// <summary>The first tick at which the lease has ended for certain.</summary>
    private static long TickAfter(long instant) => (instant + TickLength.Ticks - 1) / TickLength.Ticks;

    private void Arm(ServiceEntry entry)
    {
        lock (_wheelLock)
        {
            // Read under the lock: of two renewals at once the later writer's end counts, whichever comes here last.
            var end = entry.LeaseEnd;
            entry.ArmedFor = end;
            if (!_wheel.Move(entry.Handle, TickAfter(end)))
            {
                entry.Handle = _wheel.Schedule(entry, TickAfter(end));
            }
        }
    }

    private void Disarm(ServiceEntry entry)
    {
        lock (_wheelLock)
        {
            _wheel.Cancel(entry.Handle);
        }
    }

    /// <summary>In slices, between which whoever waits for the gate gets it.</summary>
    private int EndLeases(long now)
    {
        SortOutDue(now);
        var ended = 0;
        for (var left = Math.Min(_over.Count, MostEndsPerCall); left > 0; left -= LeasesPerHold)
        {
            for (var i = 0; i < Math.Min(left, LeasesPerHold); i++)
            {
                _ending.Add(_over.Dequeue());
            }

            ended += End(CollectionsMarshal.AsSpan(_ending), now);
            _ending.Clear();
        }

        return ended;
    }

    /// <summary>What was renewed since it was armed, the usual case, goes back to the wheel, which learns of it only now; the rest is over.</summary>
    private void SortOutDue(long now)
    {
        var due = CollectionsMarshal.AsSpan(_due);

        // A mass of leases that end together lies together in the indexes: so each slice changes few places of them.
        if (due.Length > LeasesPerHold)
        {
            EntryOrder.Sort(due);
        }

        while (!due.IsEmpty)
        {
            var slice = due[..Math.Min(due.Length, LeasesPerHold)];
            due = due[slice.Length..];
            lock (_gate)
            {
                foreach (var entry in slice)
                {
                    if (entry.LeaseEnd <= now)
                    {
                        _over.Enqueue(entry);
                    }
                    else
                    {
                        ArmIfRunning(entry);
                    }
                }
            }
        }

        _due.Clear();
        if (_due.Capacity > MostEndsPerCall)
        {
            _due.Capacity = 0;
        }
    }

    /// <summary>Lets those of them run out whose lease is still over under the gate; returns how many.</summary>
    private int End(Span<ServiceEntry> entries, long now)
    {
        lock (_gate)
        {
            var ended = 0;
            foreach (var entry in entries)
            {
                if (TryEnd(entry, now))
                {
                    entries[ended++] = entry;
                }
            }

            entries = entries[..ended];
            EntryOrder.Sort(entries);
            _indexes.ExpireAll(entries);
            _metrics.Expirations.Add(ended);
            foreach (var entry in entries)
            {
                Tell(RegistryOutcome.Deregistered, RegistryEventKind.Expired, entry);
            }

            return ended;
        }
    }

    private bool TryEnd(ServiceEntry entry, long now)
    {
        if (entry.IsRemoved || entry.Status == ServiceStatus.Expired)
        {
            return false;
        }

        var status = entry.Status;
        entry.SetStatus(ServiceStatus.Expired);
        if (entry.LeaseEnd <= now)
        {
            // It may have been armed again by a registration or a maintenance whose end has come, too.
            Disarm(entry);
            return true;
        }

        entry.SetStatus(status);
        Arm(entry);
        return false;
    }

    private void ArmIfRunning(ServiceEntry entry)
    {
        if (!entry.IsRemoved && entry.Status != ServiceStatus.Expired)
        {
            Arm(entry);
        }
    }

    private void Revive(ServiceEntry entry)
    {
        lock (_gate)
        {
            // Expiry may have seen the new end and stepped back meanwhile.
            if (entry.IsRemoved || entry.Status != ServiceStatus.Expired)
            {
                return;
            }

            Replace(entry, entry.Instance, StatusByHealth(entry.Health, entry.Instance));
            Arm(entry);
            Tell(RegistryOutcome.Renewed, RegistryEventKind.Revived, entry);
        }
    }

    private void TellRenewals()
    {
        var entry = _renewed.TakeAll();
        while (entry is not null)
        {
            lock (_gate)
            {
                for (var i = 0; i < RenewalsPerHold && entry is not null; i++)
                {
                    var next = entry.NextRenewed;
                    entry.NextRenewed = null;

                    // Cleared before the lease is read: a renewal from here on is told of next time.
                    entry.ClearRenewalPending();
                    if (!entry.IsRemoved)
                    {
                        Events.Publish(RegistryEventKind.Renewed, _clock.ToWall(_clock.Now), entry.View(_clock));
                    }

                    entry = next;
                }
            }
        }
    }
}
