namespace Beacon.Aot.Supervision;

/// <summary>
/// When the loop that ends leases last turned. It runs on the pool as requests do and takes the registry's lock as they do, so it stands
/// still when they would.
/// </summary>
/// <remarks>Any thread.</remarks>
internal sealed class Pulse(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    public TimeSpan Age => time.GetElapsedTime(Interlocked.Read(ref _last));

    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
