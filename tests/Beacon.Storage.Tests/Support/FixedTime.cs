namespace Beacon.Storage.Tests.Support;

/// <summary>Always the same wall-clock time, for names that carry one.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
