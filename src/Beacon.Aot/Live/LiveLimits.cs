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

    /// <summary>Messages kept for clients that come back with <c>?since=</c>.</summary>
    public const int ReplayMessages = 4096;

    /// <summary>Bytes kept for them; whichever bound is met first counts.</summary>
    public const int ReplayBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of one frame from a client; a larger one closes with 1009.</summary>
    public const int MaxFrame = 16 * 1024;

    /// <summary>A heartbeat fits; only a large subscription needs a larger buffer, which is then rented.</summary>
    public const int UsualFrame = 1024;

    /// <summary>
    /// Frames one client may send at once, single heartbeats of known services not counted. What is limited is how much of a small board's
    /// processor one connection can take with what costs more than a request would.
    /// </summary>
    public const int FrameBurst = 1000;

    /// <summary>Frames per second that a client may go on sending after a burst; more closes with 1008.</summary>
    public const int FramesPerSecond = 200;

    /// <summary>Characters of a client's own id.</summary>
    public const int MaxClientId = 100;

    /// <summary>Types, tags or ids in one subscription.</summary>
    public const int MaxFilterWords = 100;
}
