using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon heartbeat</c>: renews leases, many with one request.</summary>
internal static class HeartbeatCommand
{
    /// <summary>What one request may hold.</summary>
    private const int MostIds = 10_000;

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        var ids = await ServiceWords.IdsAsync(api, context);
        var ttl = Numbers.Read(context.Line, VerbOption.Ttl);
        var unknown = new List<string>();
        var renewed = 0;
        foreach (var part in ids.Chunk(MostIds))
        {
            using var json = (await api.SendAsync(HttpMethod.Post, "heartbeats", JsonText.Of(x => Write(x, part, ttl)), context.Stopping)).Parse();
            renewed += json.RootElement.GetProperty("renewed").GetInt32();
            unknown.AddRange(json.RootElement.GetProperty("unknown").EnumerateArray().Select(x => x.ToString()));
        }

        if (context.Line.Json)
        {
            context.Terminal.Out.WriteLine(JsonText.Line(x => WriteAnswer(x, renewed, unknown)));
        }
        else
        {
            context.Terminal.Remark(renewed == 1 ? "1 lease renewed" : $"{renewed} leases renewed");
            unknown.ForEach(x => context.Terminal.Complain($"{x} is unknown: register it again"));
        }

        await context.Terminal.Out.FlushAsync();
        return unknown.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> ids, int? ttl)
    {
        writer.WriteStartObject();
        JsonText.WriteTexts(writer, "ids", ids);
        if (ttl is { } seconds)
        {
            writer.WriteNumber("ttl"u8, seconds);
        }

        writer.WriteEndObject();
    }

    private static void WriteAnswer(Utf8JsonWriter writer, int renewed, List<string> unknown)
    {
        writer.WriteStartObject();
        writer.WriteNumber("renewed"u8, renewed);
        JsonText.WriteTexts(writer, "unknown", unknown);
        writer.WriteEndObject();
    }
}
