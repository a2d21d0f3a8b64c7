using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Transfer;

/// <summary>
/// The form of an export: JSON lines. The first says what it is, then one service a line as the API shows it, the last one counts them. A
/// reader takes any service member it knows and passes over the rest; <see cref="Version"/> rises when that is no longer enough.
/// </summary>
internal static class TransferFormat
{
    public const int Version = 1;
    public const string Mark = "beacon_export";
    public const string End = "end";

    public static string Head(DateTimeOffset now, Uri from) => JsonText.Line(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber(Mark, Version);
        writer.WriteString("version"u8, BeaconVersion.Short);
        writer.WriteString("exported_at"u8, now.UtcDateTime);
        writer.WriteString("from"u8, from.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        writer.WriteEndObject();
    });

    public static string Foot(int services) => JsonText.Line(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean(End, true);
        writer.WriteNumber("services"u8, services);
        writer.WriteEndObject();
    });

    /// <summary>Null: it is the beginning of an export that can be read here. Otherwise a sentence.</summary>
    public static string? ProblemOfHead(JsonElement line) =>
        line.ValueKind != JsonValueKind.Object || !line.TryGetProperty(Mark, out var version) || !version.TryGetInt32(out var number)
            ? "is no export of Beacon"
            : number > Version ? $"has format {number}; this Beacon reads up to {Version}" : null;
}
