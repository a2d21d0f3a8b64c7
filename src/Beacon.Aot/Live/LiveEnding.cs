using System.Net.WebSockets;

namespace Beacon.Aot.Live;

/// <summary>What the closing frame says.</summary>
internal sealed record LiveEnding(WebSocketCloseStatus Status, string? Reason)
{
    public static LiveEnding Stopping { get; } = new(WebSocketCloseStatus.EndpointUnavailable, "Beacon is stopping");

    public static LiveEnding NotText { get; } = new(WebSocketCloseStatus.InvalidMessageType, "text frames only");

    public static LiveEnding TooBig { get; } = new(WebSocketCloseStatus.MessageTooBig, $"a frame has at most {LiveLimits.MaxFrame} bytes");

    public static LiveEnding TooManyFrames { get; } =
        new(WebSocketCloseStatus.PolicyViolation, $"at most {LiveLimits.FramesPerSecond} frames per second");

    /// <summary>The client closed; it gets its own status back (RFC 6455 §5.5.1).</summary>
    public static LiveEnding Answering(WebSocketCloseStatus? status) => new(status ?? WebSocketCloseStatus.NormalClosure, null);
}
