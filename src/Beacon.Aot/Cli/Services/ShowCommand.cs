using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon show</c>: everything there is to know of one service.</summary>
internal static class ShowCommand
{
    /// <summary>The longest name of a member, with its colon.</summary>
    private const int Column = 29;

    /// <summary>In the first line already, or in a part of its own.</summary>
    private static readonly HashSet<string> Shown = ["name", "host", "port", "status", "ttl", "mdns"];

    /// <summary>Of no interest for a service that nobody checks.</summary>
    private static readonly HashSet<string> OfChecks =
        ["health_check_interval", "health_check_timeout", "health_check_retries", "health_check_enabled", "fallback_to_health_check", "consecutive_health_failures"];

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        var id = (await ServiceWords.IdsAsync(api, context))[0];
        var reply = await api.SendAsync(HttpMethod.Get, $"services/{id}/status", null, context.Stopping);
        using var json = reply.Parse();
        if (context.Line.Json)
        {
            await context.Terminal.Out.WriteLineAsync(reply.Text());
        }
        else
        {
            Write(context, json.RootElement);
        }

        await context.Terminal.Out.FlushAsync();
        return ExitCode.Ok;
    }

    private static void Write(CommandContext context, JsonElement json)
    {
        var terminal = context.Terminal;
        var service = new ServiceLine(json);
        terminal.Out.WriteLine($"{terminal.Bold(service.Name)}  {service.Address}  {ServiceLine.Paint(terminal, service.Status)}, {service.Lease(context.Time.GetUtcNow())} of {SpanText.Of(service.Ttl)}");
        var isChecked = service.Text("health_check_url").Length > 0;
        foreach (var member in json.EnumerateObject().Where(x => !Shown.Contains(x.Name) && (isChecked || !OfChecks.Contains(x.Name))))
        {
            WriteMember(terminal, "", member);
        }

        if (json.TryGetProperty("mdns"u8, out var mdns) && mdns.ValueKind == JsonValueKind.Object)
        {
            terminal.Out.WriteLine(terminal.Bold("on the network"));
            foreach (var member in mdns.EnumerateObject())
            {
                WriteMember(terminal, "  ", member);
            }
        }
    }

    private static void WriteMember(Terminal terminal, string indent, JsonProperty member)
    {
        var value = member.Value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.Object => string.Join(' ', member.Value.EnumerateObject().Select(x => $"{x.Name}={x.Value}")),
            JsonValueKind.Array => string.Join(' ', member.Value.EnumerateArray().Select(x => x.ToString())),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            _ => member.Value.ToString(),
        };
        if (value.Length > 0)
        {
            terminal.Out.WriteLine($"{indent}{terminal.Dim((PlainText.Of(member.Name).Replace('_', ' ') + ":").PadRight(Column))} {PlainText.Of(value)}");
        }
    }
}
