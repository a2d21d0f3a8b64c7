using System.Text;
using System.Text.Json;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Registry;
using Beacon.Registry.Services;

namespace Beacon.Aot.Live;

/// <summary>What a client may ask over its connection. Every frame gets exactly one answer.</summary>
internal sealed class LiveCommands(ServiceRegistry registry, LiveHub hub)
{
    private const string NoObject = "a command is a JSON object";
    private const string NoKnownType = "type must be heartbeat, subscribe or ping";
    private const string NoServiceId = "service_id: a heartbeat needs the id that the registration answered";

    public byte[] Answer(ReadOnlyMemory<byte> frame, LiveSession session)
    {
        if (!BeginsLikeJson(frame.Span))
        {
            // Clients of the earlier implementation send a word and expect it back.
            return LiveAnswers.Echo(Encoding.UTF8.GetString(frame.Span));
        }

        var problems = new Problems();
        using var document = JsonInput.ParseObject(frame, problems);
        return document is null ? Unreadable(problems) : Obey(document.RootElement, session, problems);
    }

    private static bool BeginsLikeJson(ReadOnlySpan<byte> frame) =>
        frame.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static byte[] Unreadable(Problems problems)
    {
        var problem = problems.Found[0];
        return LiveAnswers.Error(LiveError.InvalidJson, problem.Type == "json_invalid" ? problem.Message : NoObject);
    }

    private byte[] Obey(in JsonElement command, LiveSession session, Problems problems) => TextOf(command, "type"u8) switch
    {
        "heartbeat" => Heartbeat(command, problems),
        "subscribe" => Subscribe(command, session),
        "ping" => LiveAnswers.Pong(),
        _ => LiveAnswers.Error(LiveError.UnknownType, NoKnownType),
    };

    private byte[] Heartbeat(in JsonElement command, Problems problems)
    {
        if (TextOf(command, "service_id"u8) is not { } text)
        {
            return LiveAnswers.Error(LiveError.Invalid, NoServiceId);
        }

        int? ttl = null;
        if (command.TryGetProperty("ttl"u8, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            ttl = IntegerReader.Read(given, QueryRules.Ttl, Location.BodyField(QueryRules.Ttl.Name), problems);
            if (problems.Any)
            {
                return LiveAnswers.Error(LiveError.Invalid, $"{QueryRules.Ttl.Name}: {problems.Found[0].Message}");
            }
        }

        return ServiceId.TryParse(text, out var id) && registry.Renew(id, ttl, out var view) == RegistryOutcome.Renewed
            ? LiveAnswers.HeartbeatAccepted(view)
            : LiveAnswers.Error(LiveError.ServiceNotFound, ApiErrors.ServiceNotFound);
    }

    private byte[] Subscribe(in JsonElement command, LiveSession session)
    {
        var filter = LiveFilter.Everything;
        if (command.TryGetProperty("filter"u8, out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (LiveFilterReader.Read(given, out var problem) is not { } wanted)
            {
                return LiveAnswers.Error(LiveError.Invalid, problem);
            }

            filter = wanted;
        }

        return LiveAnswers.Subscribed(filter, hub.Subscribe(session, filter));
    }

    private static string? TextOf(in JsonElement command, ReadOnlySpan<byte> name) =>
        command.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
