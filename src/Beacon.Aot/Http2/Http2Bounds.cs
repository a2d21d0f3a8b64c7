using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Beacon.Aot.Http2;

/// <summary>What one connection of HTTP/2 may take, for a board with little memory.</summary>
internal static class Http2Bounds
{
    /// <summary>Requests at once on one connection; RFC 9113 §6.5.2 advises not to go below 100.</summary>
    private const int MaxStreams = 100;

    /// <summary>Bytes of headers remembered for a client (RFC 7541 §4.2); the protocol's own default.</summary>
    private const int HeaderTable = 4096;

    /// <summary>Bytes of the largest frame; the least that RFC 9113 §4.2 allows.</summary>
    private const int MaxFrame = 16 * 1024;

    /// <summary>Bytes of one header. All of them together may have 32 KiB, as in HTTP/1.1.</summary>
    private const int MaxHeader = 8 * 1024;

    /// <summary>Bytes of a body that may be on their way unread. Room for the largest body of all requests but one; more makes only that one faster.</summary>
    private const int StreamWindow = 64 * 1024;

    /// <summary>The same for all streams of a connection together: what a client can make Beacon hold. The server's default is 1 MiB.</summary>
    private const int ConnectionWindow = 256 * 1024;

    /// <summary>Silence after which a client is asked whether it is there; sooner costs radios energy, later keeps dead connections.</summary>
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(60);

    /// <summary>Its time to answer.</summary>
    private static readonly TimeSpan PingLimit = TimeSpan.FromSeconds(20);

    public static void Set(Http2Limits limits)
    {
        limits.MaxStreamsPerConnection = MaxStreams;
        limits.HeaderTableSize = HeaderTable;
        limits.MaxFrameSize = MaxFrame;
        limits.MaxRequestHeaderFieldSize = MaxHeader;
        limits.InitialStreamWindowSize = StreamWindow;
        limits.InitialConnectionWindowSize = ConnectionWindow;
        limits.KeepAlivePingDelay = PingAfter;
        limits.KeepAlivePingTimeout = PingLimit;
    }
}
