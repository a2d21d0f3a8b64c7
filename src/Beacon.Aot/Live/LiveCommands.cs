using System.Runtime.InteropServices;
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
    private const string NoKnownType = "type must be heartbeat, heartbeats, subscribe or ping";
    private const string NoIds = "ids: heartbeats need a list of the ids that the registrations answered";
    private const string NoServiceId = "service_id: a heartbeat needs the id that the registration answered";

    /// <summary>True: it was a heartbeat of a known service. Everything else is for <see cref="Answer"/>, errors too.</summary>
    public bool TryRenew(ReadOnlySpan<byte> frame, out ServiceView view)
    {
        view = default;
        return LiveHeartbeat.TryRead(frame, out var id, out var ttl) && registry.Renew(id, ttl, out view) == RegistryOutcome.Renewed;
    }

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
        "heartbeats" => Heartbeats(command, problems),
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

        if (!TryReadTtl(command, problems, out var ttl))
        {
            return LiveAnswers.Error(LiveError.Invalid, $"{QueryRules.Ttl.Name}: {problems.Found[0].Message}");
        }

        return ServiceId.TryParse(text, out var id) && registry.Renew(id, ttl, out var view) == RegistryOutcome.Renewed
            ? LiveAnswers.HeartbeatAccepted(view)
            : LiveAnswers.Error(LiveError.ServiceNotFound, ApiErrors.ServiceNotFound);
    }

    /// <summary>As many as one frame holds.</summary>
    private byte[] Heartbeats(in JsonElement command, Problems problems)
    {
        if (!command.TryGetProperty("ids"u8, out var given) || given.ValueKind != JsonValueKind.Array)
        {
            return LiveAnswers.Error(LiveError.Invalid, NoIds);
        }

        if (!TryReadTtl(command, problems, out var ttl))
        {
            return LiveAnswers.Error(LiveError.Invalid, $"{QueryRules.Ttl.Name}: {problems.Found[0].Message}");
        }

        var texts = new List<string>(given.GetArrayLength());
        var ids = new List<ServiceId>(given.GetArrayLength());
        foreach (var entry in given.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String)
            {
                return LiveAnswers.Error(LiveError.Invalid, NoIds);
            }

            texts.Add(entry.GetString()!);
            ids.Add(ServiceId.TryParse(texts[^1], out var id) ? id : default);
        }

        var unknown = new List<int>();
        var renewed = registry.Renew(CollectionsMarshal.AsSpan(ids), ttl, unknown);
        return LiveAnswers.HeartbeatsAccepted(renewed, unknown.Select(x => texts[x]));
    }

    private static bool TryReadTtl(in JsonElement command, Problems problems, out int? ttl)
    {
        ttl = command.TryGetProperty("ttl"u8, out var given) && given.ValueKind != JsonValueKind.Null
            ? IntegerReader.Read(given, QueryRules.Ttl, Location.BodyField(QueryRules.Ttl.Name), problems)
            : null;
        return !problems.Any;
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
