using System.Text.Json;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Services;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>The words and shapes of everything that is sent to a client.</summary>
internal static class LiveMessages
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>The frames of one event, in order; none for events that clients have heard of already.</summary>
    public static void AddFrames(in RegistryEvent change, List<LiveFrame> frames)
    {
        switch (change.Kind)
        {
            case RegistryEventKind.Registered or RegistryEventKind.Revived:
                // A revived service was taken off every list when it expired.
                frames.Add(OfService("service_registered", change, WriteWhole));
                break;
            case RegistryEventKind.Updated:
                frames.Add(OfService("service_updated", change, WriteWhole));
                break;
            case RegistryEventKind.Renewed:
                frames.Add(OfService("service_heartbeat", change, WriteLease));
                break;
            case RegistryEventKind.Expired:
                // The second one is for dashboards that do not know the first. Both carry the sequence of the one event.
                frames.Add(OfService("service_expired", change, WriteName));
                frames.Add(OfService("service_deregistered", change, WriteName));
                break;
            case RegistryEventKind.Deregistered:
                frames.Add(OfService("service_deregistered", change, WriteName));
                break;
            case RegistryEventKind.CleanedUp:
                frames.Add(CleanedUp(change));
                break;
            default:
                // Removed: each was told of when it expired, and the run as a whole is told of by CleanedUp.
                break;
        }
    }

    public static byte[] Connected(string clientId, long sequence, string instance) => Write(json =>
    {
        json.WriteString("type"u8, "connection_established"u8);
        json.WriteString("message"u8, "Connected to Beacon"u8);
        json.WriteString("client_id"u8, clientId);
        json.WriteNumber("seq"u8, sequence);
        json.WriteString("instance"u8, instance);
    });

    /// <summary>The client missed messages that cannot be made up for: it must read the list afresh.</summary>
    public static byte[] Resync(long sequence, string reason) => Write(json =>
    {
        json.WriteString("type"u8, "resync"u8);
        json.WriteString("event"u8, "resync"u8);
        json.WriteString("message"u8, reason);
        json.WriteNumber("seq"u8, sequence);
    });

    public static byte[] Echo(string text) => Write(json =>
    {
        json.WriteString("type"u8, "echo"u8);
        json.WriteString("message"u8, $"Echo: {text}");
    });

    public static byte[] Pong() => Write(json => json.WriteString("type"u8, "pong"u8));

    public static byte[] Error(string code, string detail) => Write(json =>
    {
        json.WriteString("type"u8, "error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("detail"u8, detail);
    });

    public static byte[] HeartbeatAccepted(ServiceView view) => Write(json =>
    {
        json.WriteString("type"u8, "heartbeat_ack"u8);
        json.WriteString(ServiceField.ServiceId, view.Id.Value);
        json.WriteString(ServiceField.Status, ServiceStatusText.Of(view.Status));
        UtcText.WriteString(json, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(json, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
        json.WriteString("message"u8, "Heartbeat received successfully"u8);
    });

    public static byte[] Subscribed(LiveFilter filter) => Write(json =>
    {
        json.WriteString("type"u8, "subscribed"u8);
        json.WriteStartObject("filter"u8);
        filter.Write(json);
        json.WriteEndObject();
    });

    private static LiveFrame OfService(string type, in RegistryEvent change, Action<Utf8JsonWriter, ServiceView> data)
    {
        var (sequence, at, view) = (change.Sequence, change.At, change.Service!.Value);
        var json = Write(writer =>
        {
            WriteHead(writer, type);
            writer.WriteStartObject("data"u8);
            data(writer, view);
            writer.WriteEndObject();
            WriteFoot(writer, sequence, at);
        });
        return new LiveFrame(sequence, json, view.Instance);
    }

    private static LiveFrame CleanedUp(RegistryEvent change) => new(
        change.Sequence,
        Write(writer =>
        {
            WriteHead(writer, "services_cleanup");
            writer.WriteStartObject("data"u8);
            writer.WriteNumber("removed_count"u8, change.Count);
            writer.WriteEndObject();
            WriteFoot(writer, change.Sequence, change.At);
        }),
        null);

    private static void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteString("type"u8, type);
        json.WriteString("event"u8, type);
    }

    private static void WriteFoot(Utf8JsonWriter json, long sequence, DateTimeOffset at)
    {
        json.WriteNumber("timestamp"u8, at.ToUnixTimeMilliseconds() / MillisecondsPerSecond);
        json.WriteNumber("seq"u8, sequence);
    }

    private static void WriteWhole(Utf8JsonWriter json, ServiceView view) => ServiceJsonWriter.WriteMembers(json, view);

    private static void WriteName(Utf8JsonWriter json, ServiceView view)
    {
        json.WriteString(ServiceField.ServiceId, view.Id.Value);
        json.WriteString("service_name"u8, view.Instance.Name);
    }

    private static void WriteLease(Utf8JsonWriter json, ServiceView view)
    {
        json.WriteString(ServiceField.ServiceId, view.Id.Value);
        json.WriteString(ServiceField.Status, ServiceStatusText.Of(view.Status));
        UtcText.WriteString(json, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(json, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        members(body.Writer);
        body.Writer.WriteEndObject();
        return body.Written().ToArray();
    }
}
