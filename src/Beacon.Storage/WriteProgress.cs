namespace Beacon.Storage;

/// <summary>What the write loop shows to other threads: immutable, swapped whole.</summary>
/// <param name="OldestAt">Monotonic timestamp of the oldest change that somebody may wait for; null when all is stored.</param>
/// <param name="GoodSince">UTC; when the store last came back, or the start.</param>
internal sealed record WriteProgress(int Pending, long? OldestAt, StoreTrouble? Trouble, DateTimeOffset GoodSince)
{
    public StoreStatus StatusAt(TimeProvider time)
    {
        var now = time.GetTimestamp();
        var behind = OldestAt is { } oldest ? time.GetElapsedTime(oldest, now) : TimeSpan.Zero;
        var failing = Trouble is { } trouble ? time.GetElapsedTime(trouble.StartedAt, now) : TimeSpan.Zero;
        var worse = behind > failing ? behind : failing;
        var state = worse >= StorageLimits.WaitLimit ? StoreState.Down
            : Trouble is not null || behind >= StorageLimits.BehindAfter ? StoreState.Behind
            : StoreState.Healthy;
        var since = state == StoreState.Healthy ? GoodSince : time.GetUtcNow() - worse;
        return new StoreStatus(state, since, Trouble?.Error, Pending, behind);
    }
}
