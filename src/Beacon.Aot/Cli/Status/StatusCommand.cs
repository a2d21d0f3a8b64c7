using System.Globalization;
using System.Net;
using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Status;

/// <summary><c>beacon status</c>: how a Beacon is, in a few lines.</summary>
internal static class StatusCommand
{
    private const int Column = 10;

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        var reply = await api.SendAsync(HttpMethod.Get, "health", null, context.Stopping);

        // A Beacon that is not well answers 503 with the same figures.
        using var json = reply.Status == HttpStatusCode.ServiceUnavailable ? reply.TryParse() ?? reply.Parse() : reply.Parse();
        var root = json.RootElement;
        var isWell = Text(root, "status") == "healthy";
        if (context.Line.Json)
        {
            await context.Terminal.Out.WriteLineAsync(reply.Text());
        }
        else
        {
            Write(context.Terminal, api.Address, root, isWell);
        }

        await context.Terminal.Out.FlushAsync();
        return isWell ? ExitCode.Ok : ExitCode.Failed;
    }

    private static void Write(Terminal terminal, Uri address, JsonElement root, bool isWell)
    {
        var status = Text(root, "status");
        var uptime = TimeSpan.FromSeconds(Number(root, "uptime"));
        Row(terminal, "Beacon", $"{(isWell ? terminal.Green(status) : terminal.Red(status))}  {Text(root, "version")} at {address}, running for {SpanText.Of(uptime)}");
        if (!isWell)
        {
            Row(terminal, "", Text(root, "message"));
        }

        var services = Part(root, "services");
        Row(terminal, "services", $"{Text(services, "active")} active, {Text(services, "unhealthy")} unhealthy, {Text(services, "expired")} expired");
        var store = Part(root, "database");
        Row(terminal, "store", $"{Text(store, "type")}, {Text(store, "state")}; changes waiting: {Text(store, "pending_changes")}");
        var mdns = Part(root, "mdns");
        Row(terminal, "mDNS", Text(mdns, "running") == "True"
            ? $"{Text(mdns, "hostname")} on {Interfaces(mdns)}; services announced: {Text(mdns, "registered_services")}, conflicts: {Text(mdns, "conflicts")}"
            : "off");
        Row(terminal, "memory", string.Create(CultureInfo.InvariantCulture, $"{Number(Part(root, "memory"), "used_mb"):0.0} MB"));
        Row(terminal, "live", $"clients: {Text(Part(root, "live"), "clients")}");
    }

    private static void Row(Terminal terminal, string name, string text) => terminal.Out.WriteLine($"{terminal.Bold(name.PadRight(Column))} {text}");

    private static string Interfaces(JsonElement mdns) =>
        Part(mdns, "interfaces") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? string.Join(", ", list.EnumerateArray().Select(Interface))
            : "no interface";

    private static string Interface(JsonElement json) => json.ValueKind == JsonValueKind.Object ? Text(json, "name") : json.ToString();

    private static JsonElement Part(JsonElement json, string member) => json.TryGetProperty(member, out var part) ? part : default;

    private static string Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) ? PlainText.Of(value.ToString()) : "";

    private static double Number(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out var value) && value.TryGetDouble(out var number) ? number : 0;
}
