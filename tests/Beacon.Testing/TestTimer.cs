namespace Beacon.Testing;

/// <summary>A timer of a <see cref="TestClock"/>.</summary>
internal sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
{
    public TimeSpan Due { get; set; }

    public TimeSpan Period { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Schedule(this, dueTime, period);
        return true;
    }

    public void Dispose() => clock.Forget(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
