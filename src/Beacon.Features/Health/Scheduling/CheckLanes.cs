namespace Beacon.Features.Health.Scheduling;

/// <summary>
/// Who may be checked next. Two lanes share the checks at once: the slow one, for targets whose last check took long, has at most half of
/// them, so that targets which hang cannot keep those waiting that answer. What turns out to be slow while it runs changes lanes; when the
/// slow lane is full and others wait, it is broken off and queues for the slow lane. Each host has a few at once; the rest of its
/// services step aside and hold up nobody else.
/// </summary>
/// <remarks>Owned by the monitor's loop; the counts may be read by any thread.</remarks>
internal sealed class CheckLanes(int concurrency)
{
    private readonly SortedSet<CheckedService> _quick = new(QueueOrder.Instance);
    private readonly SortedSet<CheckedService> _slow = new(QueueOrder.Instance);
    private readonly List<CheckRun> _runs = [];
    private readonly int _slowLimit = Math.Max(1, concurrency / 2);
    private int _slowRuns;
    private int _parked;

    public int Concurrency { get; } = concurrency;

    public int UnderWay { get; private set; }

    public int Waiting => _quick.Count + _slow.Count + _parked;

    public IReadOnlyList<CheckRun> Runs => _runs;

    /// <summary>It is due from now on. Not one that is queued already.</summary>
    public void Add(CheckedService service)
    {
        service.State = CheckState.Queued;
        LaneOf(service).Add(service);
    }

    /// <summary>Takes it out of whatever queue it is in.</summary>
    public void Remove(CheckedService service)
    {
        if (service.State == CheckState.Queued)
        {
            LaneOf(service).Remove(service);
        }
        else if (service.State == CheckState.Parked)
        {
            service.Host.Parked.Remove(service);
            _parked--;
        }

        service.State = CheckState.Idle;
    }

    /// <summary>The next to be checked, out of its queue; null when there is none or no room.</summary>
    public CheckedService? Take()
    {
        while (_runs.Count < Concurrency)
        {
            var quick = _quick.Min;
            var slow = _slowRuns < _slowLimit ? _slow.Min : null;
            if (quick is null && slow is null)
            {
                return null;
            }

            var next = QueueOrder.Instance.Compare(quick, slow) <= 0 ? quick! : slow!;
            LaneOf(next).Remove(next);
            if (next.Host.Running < HealthLimits.PerHost)
            {
                return next;
            }

            next.State = CheckState.Parked;
            next.Host.Parked.Add(next);
            _parked++;
        }

        return null;
    }

    public void Started(CheckRun run)
    {
        run.Service.State = CheckState.Running;
        _runs.Add(run);
        run.Host.Running++;
        _slowRuns += run.IsSlow ? 1 : 0;
        UnderWay = _runs.Count;
    }

    public void Ended(CheckRun run)
    {
        _runs.Remove(run);
        run.Host.Running--;
        _slowRuns -= run.IsSlow ? 1 : 0;
        UnderWay = _runs.Count;
        if (run.Host.Parked.Min is { } next)
        {
            run.Host.Parked.Remove(next);
            _parked--;
            Add(next);
        }
    }

    /// <summary>
    /// Moves what takes long to the slow lane, as far as it has room, and breaks off the rest when others wait and nothing is free.
    /// Oldest first. Returns how many were broken off.
    /// </summary>
    public int MoveSlow(long now)
    {
        // Those already broken off give their places back in a moment.
        var needed = _runs.Count < Concurrency ? 0 : _quick.Count;
        foreach (var run in _runs)
        {
            needed -= run.IsBrokenOff ? 1 : 0;
        }

        var broken = 0;
        foreach (var run in _runs)
        {
            if (run.IsSlow || run.IsBrokenOff || now - run.StartedAt < HealthLimits.SlowAfter.Ticks)
            {
                continue;
            }

            run.Service.IsSlow = true;
            if (_slowRuns < _slowLimit)
            {
                run.IsSlow = true;
                _slowRuns++;
            }
            else if (broken < needed)
            {
                run.BreakOff();
                broken++;
            }
        }

        return broken;
    }

    private SortedSet<CheckedService> LaneOf(CheckedService service) => service.IsSlow ? _slow : _quick;
}
