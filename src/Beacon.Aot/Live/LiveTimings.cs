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
}
