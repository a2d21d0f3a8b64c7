namespace Beacon.Features.Health.Probing;

/// <summary>How many connections of HTTP checks are open, at work or kept.</summary>
internal sealed class OpenConnections
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool IsFull => Count >= ProbeLimits.KeptConnections;

    public void Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
