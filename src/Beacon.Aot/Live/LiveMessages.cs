using System.Text.Json;
using Beacon.Aot.Api;
using Beacon.Aot.Api.About;
using Beacon.Aot.Api.Services;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage.Replication;

namespace Beacon.Aot.Live;

/// <summary>The messages that tell of events: <c>{"type","event","data","timestamp","seq"}</c>.</summary>
internal static class LiveMessages
{
    private const double MillisecondsPerSecond = 1000;
    private static readonly JsonEncodedText Since = JsonEncodedText.Encode("since");

    private delegate void DataWriter(Utf8JsonWriter json, in RegistryEvent change);

    /// <summary>The frames of one event, in order, all with the one sequence; none for events that clients have heard of already.</summary>
    public static void AddFrames(long sequence, in RegistryEvent change, List<LiveFrame> frames)
    {
        switch (change.Kind)
        {
            case RegistryEventKind.Registered or RegistryEventKind.Revived:
                // A revived service was taken off every list when it expired.
                frames.Add(Frame("service_registered", sequence, change, WriteWhole));
                break;
            case RegistryEventKind.Updated:
                frames.Add(Frame("service_updated", sequence, change, WriteWhole));
                break;
            case RegistryEventKind.Renewed:
                frames.Add(Frame("service_heartbeat", sequence, change, WriteLease));
                break;
            case RegistryEventKind.HealthChanged:
                frames.Add(Frame("health_status_changed", sequence, change, WriteHealth));
                break;
            case RegistryEventKind.Expired:
                // The second one is for dashboards that do not know the first.
                frames.Add(Frame("service_expired", sequence, change, WriteExpiry));
                frames.Add(Frame("service_deregistered", sequence, change, WriteRemovalAfterExpiry));
                break;
            case RegistryEventKind.Deregistered:
                frames.Add(Frame("service_deregistered", sequence, change, WriteRemoval));
                break;
            case RegistryEventKind.CleanedUp:
                frames.Add(Frame("services_cleanup", sequence, change, WriteCount));
                break;
            default:
                // Removed: each was told of when it expired, and the run as a whole is told of by CleanedUp.
                break;
        }
    }

    /// <summary>For one client's eyes: the service is still there, but not what the client subscribed to.</summary>
    public static byte[] Departed(long sequence, DateTimeOffset at, ServiceInstance service)
    {
        using var body = JsonBody.Rent();
        WriteHead(body.Writer, "service_deregistered");
        WriteName(body.Writer, service);
        body.Writer.WriteString("reason"u8, "filter"u8);
        WriteFoot(body.Writer, sequence, at);
        return body.Written().ToArray();
    }

    /// <summary>The shared database went away, came back, or has everything again.</summary>
    public static byte[] StoreState(long sequence, DateTimeOffset at, in ReplicationStatus status)
    {
        using var body = JsonBody.Rent();
        WriteHead(body.Writer, "store_state_changed");
        body.Writer.WriteString("state"u8, StoreReport.Word(status.State));
        UtcText.WriteString(body.Writer, Since, status.Since);
        body.Writer.WriteNumber("spooled_changes"u8, status.Spooled);
        body.Writer.WriteNumber("seconds_behind"u8, Math.Round(status.Behind.TotalSeconds, 3));
        body.Writer.WriteString("error"u8, status.LastError);
        WriteFoot(body.Writer, sequence, at);
        return body.Written().ToArray();
    }

    private static LiveFrame Frame(string type, long sequence, in RegistryEvent change, DataWriter writeData)
    {
        using var body = JsonBody.Rent();
        WriteHead(body.Writer, type);
        writeData(body.Writer, change);
        WriteFoot(body.Writer, sequence, change.At);
        return new LiveFrame(sequence, body.Written().ToArray(), change);
    }

    private static void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("event"u8, type);
        json.WriteStartObject("data"u8);
    }

    private static void WriteFoot(Utf8JsonWriter json, long sequence, DateTimeOffset at)
    {
        json.WriteEndObject();
        json.WriteNumber("timestamp"u8, at.ToUnixTimeMilliseconds() / MillisecondsPerSecond);
        json.WriteNumber("seq"u8, sequence);
        json.WriteEndObject();
    }

    private static void WriteWhole(Utf8JsonWriter json, in RegistryEvent change) => ServiceJsonWriter.WriteMembers(json, change.Service!.Value);

    private static void WriteLease(Utf8JsonWriter json, in RegistryEvent change)
    {
        var view = change.Service!.Value;
        json.WriteString(ServiceField.ServiceId, view.Id.Value);
        json.WriteString(ServiceField.Status, ServiceStatusText.Of(view.Status));
        UtcText.WriteString(json, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(json, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
    }

    private static void WriteHealth(Utf8JsonWriter json, in RegistryEvent change)
    {
        var view = change.Service!.Value;
        HealthJsonWriter.WriteChange(json, view);

        // The status of the service beside that of its health: who keeps a list of services has what to put there.
        json.WriteString("service_status"u8, ServiceStatusText.Of(view.Status));
        UtcText.WriteString(json, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
    }

    private static void WriteExpiry(Utf8JsonWriter json, in RegistryEvent change)
    {
        var view = change.Service!.Value;
        WriteName(json, view.Instance);
        UtcText.WriteString(json, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(json, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
    }

    private static void WriteRemoval(Utf8JsonWriter json, in RegistryEvent change) => WriteName(json, change.Service!.Value.Instance);

    private static void WriteRemovalAfterExpiry(Utf8JsonWriter json, in RegistryEvent change)
    {
        WriteRemoval(json, change);
        json.WriteString("reason"u8, "expired"u8);
    }

    private static void WriteCount(Utf8JsonWriter json, in RegistryEvent change) => json.WriteNumber("removed_count"u8, change.Count);

    private static void WriteName(Utf8JsonWriter json, ServiceInstance service)
    {
        json.WriteString(ServiceField.ServiceId, service.Id.Value);
        json.WriteString("service_name"u8, service.Name);
    }
}
