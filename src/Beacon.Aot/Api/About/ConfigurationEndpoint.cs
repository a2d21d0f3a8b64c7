using Beacon.Aot.Configuration;

namespace Beacon.Aot.Api.About;

/// <summary><c>GET /configuration</c>: the settings in force and where each comes from. The values of secrets never get here.</summary>
internal sealed class ConfigurationEndpoint(BeaconOptions options)
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var endpoint = new ConfigurationEndpoint(endpoints.ServiceProvider.GetRequiredService<BeaconOptions>());
        endpoints.MapMethods(prefix + "/configuration", Read, endpoint.Answer);
    }

    private Task Answer(HttpContext context)
    {
        using var body = JsonBody.Rent();
        var json = body.Writer;
        json.WriteStartObject();
        json.WriteStartArray("settings"u8);
        foreach (var (setting, value, source, isHidden) in options.InForce)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, setting.Variable);
            json.WriteString("value"u8, isHidden ? null : value);
            json.WriteString("source"u8, source);
            json.WriteString("default"u8, setting.Default);
            json.WriteString("description"u8, setting.Help);
            json.WriteBoolean("hidden"u8, isHidden);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
        return Task.CompletedTask;
    }
}
