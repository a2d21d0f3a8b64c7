using System.Globalization;
using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary>One service as Beacon sends it, with the parts of it that tables show.</summary>
internal readonly struct ServiceLine(JsonElement service)
{
    /// <exception cref="KeyNotFoundException">It is no service: everything that is registered has an id.</exception>
    public string Id => PlainText.Of(service.GetProperty("service_id").ToString());

    public string Name => Text("name");

    public string Type => Text("type");

    public string Status => Text("status");

    /// <summary>Brackets around IPv6, as in a URL.</summary>
    public string Address
    {
        get
        {
            var host = Text("host");
            return $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{Text("port")}";
        }
    }

    public string Tags => PlainText.Of(string.Join(',', service.GetProperty("tags").EnumerateArray().Select(x => x.ToString())));

    public TimeSpan Ttl => TimeSpan.FromSeconds(service.GetProperty("ttl").GetInt32());

    /// <summary>How long the lease still runs; negative when it ended.</summary>
    public TimeSpan LeaseLeft(DateTimeOffset now) => Time("expires_at") - now;

    public string Text(string member) =>
        service.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? PlainText.Of(value.ToString()) : "";

    public DateTimeOffset Time(string member) =>
        DateTimeOffset.Parse(Text(member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Red for what is down, dim for what is gone.</summary>
    public static string Paint(Terminal terminal, string status) => status switch
    {
        "active" => terminal.Green(status),
        "unhealthy" => terminal.Red(status),
        _ => terminal.Dim(status),
    };

    public string Lease(DateTimeOffset now)
    {
        var left = LeaseLeft(now);
        return left < TimeSpan.Zero ? $"ended {SpanText.Of(left)} ago" : $"{SpanText.Of(left)} left";
    }
}
