namespace Beacon.Aot.Live;

/// <summary>Every bound of the live connection; docs/live-api.md prints them.</summary>
internal static class LiveLimits
{
    /// <summary>More than a home has browsers by three orders of magnitude; one more is answered 503.</summary>
    public const int MaxClients = 10_000;

    /// <summary>Messages waiting for one client. A full queue loses its oldest, and the client is told to read afresh.</summary>
    public const int ClientQueue = 256;

    /// <summary>Events between the registry and the hub. Beyond that every client is told to read afresh.</summary>
    public const int HubQueue = 65_536;

    /// <summary>Events kept for clients that come back with <c>?since=</c>.</summary>
    public const int ReplayEvents = 4096;

    /// <summary>Bytes kept for them; whichever bound is met first counts.</summary>
    public const int ReplayBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one frame from a client; a larger one closes with 1009.</summary>
    public const int MaxFrame = 16 * 1024;

    /// <summary>Characters of a client's own id.</summary>
    public const int MaxClientId = 100;

    /// <summary>Types, tags or ids in one subscription.</summary>
    public const int MaxFilterWords = 100;

    /// <summary>A client that cannot take one message in this time is cut off.</summary>
    public static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);

    /// <summary>Between pings.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);

    /// <summary>A client that answers no ping for this long is gone.</summary>
    public static readonly TimeSpan PongLimit = TimeSpan.FromSeconds(20);

    /// <summary>For the closing frame when Beacon stops.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromMilliseconds(300);
}
