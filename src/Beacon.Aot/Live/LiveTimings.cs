namespace Beacon.Aot.Live;

/// <summary>Every time limit of the live connection.</summary>
internal sealed record LiveTimings
{
    /// <summary>A client that does not take one message in this time is cut off; so is one that begins a frame and does not finish it.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often stalled clients are looked for.</summary>
    public TimeSpan WatchPace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between pings. Below the minute after which home routers forget a connection that is silent.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A client that answers no ping for this long is gone.</summary>
    public TimeSpan PongLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>For the exchange of closing frames. A stop of Beacon waits for it, so it is well below a second.</summary>
    public TimeSpan CloseLimit { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Nothing is serialised or kept for replay when nobody has been connected for this long.</summary>
    public TimeSpan ReplayIdle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The hub rests that long for each client after it has told them something: what happens meanwhile goes out together, in one system call a
    /// client, which takes some 10 µs there and at the other end. A thousand clients hear of an event up to 20 ms later and cost a tenth.
    /// </summary>
    public TimeSpan RestPerClient { get; init; } = TimeSpan.FromMicroseconds(20);

    /// <summary>However many clients there are.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Below that no timer is worth its cost, and fewer than fifty clients are told at once.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Zero: none.</summary>
    public TimeSpan RestAfterTelling(int clients)
    {
        var rest = RestPerClient * clients;
        return rest < ShortestRest ? TimeSpan.Zero : rest < LongestRest ? rest : LongestRest;
    }
}
