using Beacon.Aot.Api;
using Beacon.Aot.Api.Services;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>The messages that are for one client only. Flat, so that a small device finds what it needs at the top.</summary>
internal static class LiveAnswers
{
    public static byte[] Connected(string clientId, long sequence, string instance)
    {
        using var body = Begin("connection_established"u8);
        body.Writer.WriteString("message"u8, "Connected to Beacon"u8);
        body.Writer.WriteString("client_id"u8, clientId);
        body.Writer.WriteNumber("seq"u8, sequence);
        body.Writer.WriteString("instance"u8, instance);
        return End(body);
    }

    /// <summary>Messages are missing: the client must read the list afresh, which then has everything up to <paramref name="sequence"/>.</summary>
    public static byte[] Resync(long sequence, ResyncReason reason)
    {
        var (code, message) = reason switch
        {
            ResyncReason.ReplayGap => ("replay_gap", "What happened since is no longer known; read the list of services"),
            ResyncReason.SlowClient => ("slow_client", "This connection was too slow and lost messages; read the list of services"),
            _ => ("overload", "Events came faster than they could be told; read the list of services"),
        };
        using var body = Begin("resync"u8);
        body.Writer.WriteString("event"u8, "resync"u8);
        body.Writer.WriteString("reason"u8, code);
        body.Writer.WriteString("message"u8, message);
        body.Writer.WriteNumber("seq"u8, sequence);
        return End(body);
    }

    public static byte[] HeartbeatAccepted(in ServiceView view)
    {
        using var body = Begin("heartbeat_ack"u8);
        ServiceAnswers.WriteHeartbeatMembers(body.Writer, view);
        return End(body);
    }

    public static byte[] HeartbeatsAccepted(int renewed, IEnumerable<string> unknown)
    {
        using var body = Begin("heartbeats_ack"u8);
        body.Writer.WriteNumber("renewed"u8, renewed);
        body.Writer.WriteStartArray("unknown"u8);
        foreach (var id in unknown)
        {
            body.Writer.WriteStringValue(id);
        }

        body.Writer.WriteEndArray();
        return End(body);
    }

    public static byte[] Subscribed(LiveFilter filter, long sequence)
    {
        using var body = Begin("subscribed"u8);
        body.Writer.WriteStartObject("filter"u8);
        filter.WriteMembers(body.Writer);
        body.Writer.WriteEndObject();
        body.Writer.WriteNumber("seq"u8, sequence);
        return End(body);
    }

    public static byte[] Pong()
    {
        using var body = Begin("pong"u8);
        return End(body);
    }

    public static byte[] Echo(string text)
    {
        using var body = Begin("echo"u8);
        body.Writer.WriteString("message"u8, $"Echo: {text}");
        return End(body);
    }

    public static byte[] Error(LiveError error, string detail)
    {
        using var body = Begin("error"u8);
        body.Writer.WriteString("code"u8, CodeOf(error));
        body.Writer.WriteString("detail"u8, detail);
        return End(body);
    }

    private static string CodeOf(LiveError error) => error switch
    {
        LiveError.InvalidJson => "invalid_json",
        LiveError.UnknownType => "unknown_type",
        LiveError.ServiceNotFound => "service_not_found",
        LiveError.TooManyFrames => "too_many_frames",
        _ => "invalid",
    };

    private static JsonBody Begin(ReadOnlySpan<byte> type)
    {
        var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("type"u8, type);
        return body;
    }

    private static byte[] End(JsonBody body)
    {
        body.Writer.WriteEndObject();
        return body.Written().ToArray();
    }
}
