namespace Beacon.Testing;

/// <summary>
/// Time that stands still until a test moves it. Timers fire on the thread that moves it, in order of their due times. Its timestamp
/// frequency is seven times the usual one, so that code which takes timestamps for 100 ns ticks fails.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private const long FrequencyFactor = 7;
    private readonly Lock _gate = new();
    private readonly List<TestTimer> _timers = [];
    private long _elapsedTicks;
    private DateTimeOffset _wallOffset = new(2026, 11, 23, 8, 25, 1, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * FrequencyFactor;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _elapsedTicks));

    /// <summary>Timers that will fire: tells a test that somebody has begun to wait.</summary>
    public int Armed
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override long GetTimestamp() => Volatile.Read(ref _elapsedTicks) * FrequencyFactor;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _wallOffset.AddTicks(_elapsedTicks);
        }
    }

    /// <summary>Somebody sets the wall clock; monotonic time goes on as before.</summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _wallOffset += by;
        }
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Elapsed + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _elapsedTicks = target.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Schedule(TestTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = TimeSpan.FromTicks(_elapsedTicks) + dueTime;
                _timers.Add(timer);
            }
        }
    }

    internal void Forget(TestTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private TestTimer? TakeDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _timers.Where(x => x.Due <= target).MinBy(x => x.Due);
            if (next is null)
            {
                return null;
            }

            _elapsedTicks = Math.Max(_elapsedTicks, next.Due.Ticks);
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }
}
