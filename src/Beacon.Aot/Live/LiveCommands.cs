using System.Text;
using System.Text.Json;
using Beacon.Registry;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>What a client may ask over its connection. Every frame gets exactly one answer.</summary>
internal sealed class LiveCommands(ServiceRegistry registry)
{
    private const string InvalidFrame = "invalid_frame";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    public byte[] Answer(ReadOnlyMemory<byte> frame, LiveSession session)
    {
        var text = frame.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            // Scripts for the earlier implementation send "ping" and expect it back.
            return LiveMessages.Echo(Encoding.UTF8.GetString(frame.Span));
        }

        try
        {
            using var document = JsonDocument.Parse(frame, Strict);
            return Answer(document.RootElement, session);
        }
        catch (JsonException)
        {
            return LiveMessages.Error(InvalidFrame, "the frame begins like a JSON object but is none");
        }
    }

    private byte[] Answer(JsonElement command, LiveSession session)
    {
        var type = command.TryGetProperty("type"u8, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return type switch
        {
            "heartbeat" => Heartbeat(command),
            "subscribe" => Subscribe(command, session),
            "ping" => LiveMessages.Pong(),
            _ => LiveMessages.Error("unknown_type", "type must be heartbeat, subscribe or ping"),
        };
    }

    private byte[] Heartbeat(JsonElement command)
    {
        if (!command.TryGetProperty("service_id"u8, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return LiveMessages.Error(InvalidFrame, "a heartbeat needs the service_id");
        }

        int? ttl = null;
        if (command.TryGetProperty("ttl"u8, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var seconds)
                || seconds is < ServiceLimits.MinTtl or > ServiceLimits.MaxTtl)
            {
                return LiveMessages.Error("invalid_ttl", $"ttl must be a whole number from {ServiceLimits.MinTtl} to {ServiceLimits.MaxTtl}");
            }

            ttl = seconds;
        }

        return ServiceId.TryParse(value.GetString(), out var id) && registry.Renew(id, ttl, out var view) == RegistryOutcome.Renewed
            ? LiveMessages.HeartbeatAccepted(view)
            : LiveMessages.Error("unknown_service", "no service has this service_id; register it again");
    }

    private static byte[] Subscribe(JsonElement command, LiveSession session)
    {
        var filter = LiveFilter.Everything;
        if (command.TryGetProperty("filter"u8, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (LiveFilter.TryRead(given, out var problem) is not { } wanted)
            {
                return LiveMessages.Error("invalid_filter", problem);
            }

            filter = wanted;
        }

        session.Subscribe(filter);
        return LiveMessages.Subscribed(filter);
    }
}
