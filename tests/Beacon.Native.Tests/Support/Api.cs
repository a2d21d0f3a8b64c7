using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Beacon.Native.Tests.Support;

/// <summary>The requests that most tests make.</summary>
internal static class Api
{
    public const string Services = "/api/v1/services";
    public const string Register = Services + "/register";
    private const int PageSize = 100;

    public static StringContent Json(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    public static StringContent Registration(string name, int port = 8000) => Json($$"""{"name":"{{name}}","host":"192.0.2.7","port":{{port}}}""");

    /// <returns>The id that the 201 carried.</returns>
    public static async Task<string> RegisterAsync(this HttpClient client, string name, CancellationToken token)
    {
        using var answer = await client.PostAsync(Register, Registration(name), token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var service = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(token));
        return service.RootElement.GetProperty("service_id").GetString()!;
    }

    /// <summary>Reads the list page by page.</summary>
    public static async Task<List<(string Id, string Name)>> AllServicesAsync(this HttpClient client, CancellationToken token)
    {
        var services = new List<(string Id, string Name)>();
        for (var more = true; more;)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync($"{Services}?limit={PageSize}&skip={services.Count}", token));
            services.AddRange(page.RootElement.GetProperty("services").EnumerateArray().Select(service =>
                (service.GetProperty("service_id").GetString()!, service.GetProperty("name").GetString()!)));
            more = services.Count < page.RootElement.GetProperty("total").GetInt32();
        }

        return services;
    }
}
