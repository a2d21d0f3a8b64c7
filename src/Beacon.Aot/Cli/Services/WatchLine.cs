using System.Globalization;
using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary>One event as people read it: when, what, who, and what about it.</summary>
internal static class WatchLine
{
    private const int WordColumn = 13;

    /// <summary>Null for what is told to programs only.</summary>
    public static string? Of(Terminal terminal, string type, JsonElement message)
    {
        var data = message.TryGetProperty("data"u8, out var member) && member.ValueKind == JsonValueKind.Object ? member : default;
        var (word, paint, detail) = type switch
        {
            "service_registered" => ("registered", terminal.Green, Service(data)),
            "service_updated" => ("updated", terminal.Yellow, Service(data)),
            "service_expired" => ("expired", terminal.Red, Text(data, "service_id")),
            "service_deregistered" when Text(data, "reason") == "expired" => ("", (Func<string, string>)terminal.Dim, ""),
            "service_deregistered" => ("deregistered", terminal.Dim, Text(data, "service_id")),
            "service_heartbeat" => ("heartbeat", terminal.Dim, Until(data)),
            "health_status_changed" => (Text(data, "status"), Text(data, "status") == "unhealthy" ? terminal.Red : terminal.Green, Text(data, "error")),
            "services_cleanup" => ("cleanup", terminal.Dim, $"{Text(data, "removed_count")}{Text(data, "count")} expired services removed"),
            "store_state_changed" => ("store", terminal.Yellow, $"{Text(data, "state")} {Text(data, "error")}".TrimEnd()),
            "resync" => ("missed", terminal.Yellow, "events were missed; \"beacon list\" shows what there is"),
            "error" => ("error", terminal.Red, Text(message, "detail")),
            _ => ("", terminal.Dim, ""),
        };
        if (word.Length == 0)
        {
            return null;
        }

        var name = Text(data, "name") is { Length: > 0 } plain ? plain : Text(data, "service_name");
        return $"{terminal.Dim(Time(message))}  {paint(word.PadRight(WordColumn))} {(name + "  " + detail).Trim()}";
    }

    private static string Service(JsonElement data) => data.ValueKind == JsonValueKind.Object
        ? $"{new ServiceLine(data).Type} at {new ServiceLine(data).Address}  {Text(data, "status")}"
        : "";

    private static string Until(JsonElement data) => Text(data, "expires_at") is { Length: > 0 } text && TryRead(text, out var end)
        ? $"until {end.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)}"
        : "";

    private static string Time(JsonElement message) => TryRead(Text(message, "timestamp"), out var at)
        ? at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)
        : "--:--:--";

    private static bool TryRead(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    private static string Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? PlainText.Of(value.ToString()) : "";
}
