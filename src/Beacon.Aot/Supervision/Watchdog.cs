namespace Beacon.Aot.Supervision;

/// <summary>
/// Says twice in each interval that the program lives, as long as its pulse is younger than half of it: a program that hangs but has not died
/// is so started again.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private readonly ITimer _timer;

    /// <param name="interval">See <see cref="ServiceManager.WatchdogInterval"/>.</param>
    public Watchdog(TimeSpan interval, Pulse pulse, TimeProvider time, Action tellAlive)
    {
        var half = interval / 2;
        _timer = time.CreateTimer(
            _ =>
            {
                if (pulse.Age < half)
                {
                    tellAlive();
                }
            },
            null, TimeSpan.Zero, half);
    }

    public void Dispose() => _timer.Dispose();
}
