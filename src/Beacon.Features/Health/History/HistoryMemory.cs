using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>
/// Everything of the history that is not in a chunk: who has one, the running hour, and what the store has not heard of yet. One lock, held
/// for a few instructions a result; nothing is called under it.
/// </summary>
internal sealed class HistoryMemory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ServiceId, SeriesState> _byId = [];
    private readonly Dictionary<int, SeriesState> _byNumber = [];
    private readonly IncidentBook _incidents = new();
    private readonly FleetUptime _fleet = new();
    private SampleWriter? _pending;
    private long _pendingOrigin;
    private long _sequence;
    private int _lastSeries;
    private bool _rewrite;

    public int Series
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    public bool HasUnwrittenIncidents
    {
        get
        {
            lock (_gate)
            {
                return _incidents.Changed.Count > 0;
            }
        }
    }

    public int OpenIncidents
    {
        get
        {
            lock (_gate)
            {
                return _incidents.OpenCount;
            }
        }
    }

    /// <returns>Journal entries that are damaged, each read as far as it goes.</returns>
    public int Load(HealthContents contents)
    {
        var damaged = 0;
        lock (_gate)
        {
            foreach (var series in contents.Series)
            {
                Add(new SeriesState(series));
            }

            _lastSeries = Math.Max(_lastSeries, (int)contents.Marks.GetValueOrDefault(HistoryMarks.LastSeries));
            _incidents.Load(contents);
            foreach (var entry in contents.Journal)
            {
                damaged += Replay(entry) ? 0 : 1;
                _sequence = Math.Max(_sequence, entry.Sequence);
            }
        }

        return damaged;
    }

    /// <returns>Results that were dropped for it.</returns>
    public int Take(in HealthObservation observation)
    {
        var sample = Sample.Of(observation);
        lock (_gate)
        {
            var series = Find(observation.Service.Instance, observation.Result.At);
            _pending ??= StartPending(sample.At);
            _pending.Add(series.Known.Series, sample);
            _incidents.Observe(observation);
            return Count(series, sample);
        }
    }

    /// <summary>What the store has to hear; null: nothing. Follow each by <see cref="EndFlush"/>.</summary>
    public HealthWrite? BeginFlush()
    {
        lock (_gate)
        {
            var series = _byId.Values.Where(x => x.IsChanged).Select(x => x.Known).ToList();
            if (!_rewrite && _pending is null && series.Count == 0 && _incidents.Changed.Count == 0)
            {
                return null;
            }

            var through = _rewrite ? _sequence : 0;
            var entry = _rewrite ? Whole() : Pending();
            _pending = null;
            return new HealthWrite
            {
                Series = series,
                Incidents = [.. _incidents.Changed],
                JournalThrough = through,
                Journal = entry,
                Marks = [new(HistoryMarks.LastSeries, _lastSeries)],
            };
        }
    }

    public void EndFlush(HealthWrite write, bool isWritten)
    {
        lock (_gate)
        {
            if (!isWritten)
            {
                // What was in it is in the buffers too: the next entry has all of them.
                _rewrite = true;
                return;
            }

            _rewrite &= write.JournalThrough == 0;
            _incidents.MarkWritten(write.Incidents);
            foreach (var series in write.Series)
            {
                if (_byNumber.TryGetValue(series.Series, out var state) && state.Known == series)
                {
                    state.IsChanged = false;
                }
            }
        }
    }

    /// <summary>Hours that are over, or not yet: the clock was set back. Follow by <see cref="EndHours"/>.</summary>
    public List<FinishedHour> BeginHours(long runningHour, bool withHourBefore)
    {
        var finished = new List<FinishedHour>();
        lock (_gate)
        {
            foreach (var state in _byId.Values)
            {
                foreach (var buffer in state.Buffers)
                {
                    if (buffer.Hour != runningHour && (withHourBefore || buffer.Hour != runningHour - 1))
                    {
                        buffer.IsTaken = true;
                        finished.Add(new FinishedHour(state, buffer));
                    }
                }
            }
        }

        return finished;
    }

    /// <summary>They are chunks now. The next entry of the journal replaces all others.</summary>
    public void EndHours(IReadOnlyList<FinishedHour> finished)
    {
        lock (_gate)
        {
            foreach (var (series, buffer) in finished)
            {
                series.Buffers.Remove(buffer);
            }

            _rewrite = true;
        }
    }

    /// <summary>What is in memory of one service; null: it has no history.</summary>
    public (HealthSeries Series, List<Sample> Samples)? Capture(ServiceId id)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var state))
            {
                return null;
            }

            var samples = new List<Sample>();
            state.Buffers.ForEach(x => x.ReadInto(samples));
            return (state.Known, samples);
        }
    }

    public double? MeanResponse(ServiceId id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var state) ? state.MeanResponse : null;
        }
    }

    public double? Uptime(long hour)
    {
        lock (_gate)
        {
            return _fleet.Ratio(hour);
        }
    }

    public void AddUptime(long hour, int count, int up)
    {
        lock (_gate)
        {
            _fleet.Add(hour, count, up);
        }
    }

    public List<HealthSeries> All()
    {
        lock (_gate)
        {
            return [.. _byId.Values.Select(x => x.Known)];
        }
    }

    /// <summary>Ends the incidents of services that nobody checks any more.</summary>
    public void EndIncidents(Func<ServiceId, bool> isChecked, DateTimeOffset now)
    {
        List<Incident> open;
        lock (_gate)
        {
            open = [.. _incidents.Open];
        }

        foreach (var incident in open.Where(x => !isChecked(x.Service)))
        {
            lock (_gate)
            {
                // It may have ended meanwhile.
                if (_incidents.Open.Contains(incident))
                {
                    _incidents.End(incident, now);
                }
            }
        }
    }

    public void SetGone(int series, DateTimeOffset? at)
    {
        lock (_gate)
        {
            if (_byNumber.TryGetValue(series, out var state))
            {
                state.Known = state.Known with { GoneAt = at };
                state.IsChanged = true;
            }
        }
    }

    public void Forget(int series)
    {
        lock (_gate)
        {
            if (_byNumber.Remove(series, out var state))
            {
                _byId.Remove(state.Known.Id);
            }
        }
    }

    private SeriesState Find(ServiceInstance service, DateTimeOffset at)
    {
        if (!_byId.TryGetValue(service.Id, out var state))
        {
            state = new SeriesState(new HealthSeries(_lastSeries + 1, service.Id, service.Name, at, null)) { IsChanged = true };
            Add(state);
        }
        else if (state.Known.Name != service.Name || state.Known.GoneAt is not null || at < state.Known.FirstAt)
        {
            var first = at < state.Known.FirstAt ? at : state.Known.FirstAt;
            state.Known = state.Known with { Name = service.Name, GoneAt = null, FirstAt = first };
            state.IsChanged = true;
        }

        return state;
    }

    private void Add(SeriesState state)
    {
        _byId[state.Known.Id] = state;
        _byNumber[state.Known.Series] = state;
        _lastSeries = Math.Max(_lastSeries, state.Known.Series);
    }

    private int Count(SeriesState series, in Sample sample)
    {
        if (!sample.IsPlanned)
        {
            _fleet.Add(Clock.HourOfMilliseconds(sample.At), 1, sample.Outcome == CheckOutcome.Healthy ? 1 : 0);
        }

        return series.Add(sample);
    }

    private bool Replay(JournalEntry entry)
    {
        var origin = new ByteReader(entry.Data.Span);
        var start = origin.Signed();
        var reader = new SampleReader(entry.Data.Span[Math.Min(origin.Read, entry.Data.Length)..], start);
        while (reader.TryNext(out var series, out var sample))
        {
            if (_byNumber.TryGetValue(series, out var state))
            {
                Count(state, sample);
            }
        }

        return !reader.IsDamaged && !origin.IsDamaged;
    }

    private SampleWriter StartPending(long at)
    {
        _pendingOrigin = at;
        return new SampleWriter(at, HistoryLimits.MaxJournalErrors);
    }

    private JournalEntry? Pending() => _pending is null ? null : Entry(_pending, _pendingOrigin);

    /// <summary>All that is in no chunk.</summary>
    private JournalEntry? Whole()
    {
        SampleWriter? writer = null;
        var samples = new List<Sample>();
        foreach (var state in _byId.Values)
        {
            samples.Clear();
            state.Buffers.ForEach(x => x.ReadInto(samples));
            foreach (var sample in samples)
            {
                writer ??= StartPending(sample.At);
                writer.Add(state.Known.Series, sample);
            }
        }

        return writer is null ? null : Entry(writer, _pendingOrigin);
    }

    private JournalEntry Entry(SampleWriter writer, long origin)
    {
        var bytes = new ByteWriter();
        bytes.Signed(origin);
        return new JournalEntry(++_sequence, (byte[])[.. bytes.Written.Span, .. writer.Bytes.Written.Span]);
    }
}
