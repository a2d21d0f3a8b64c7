using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Mdns;

/// <summary>Registers services of one type with Beacon, many at a time.</summary>
internal static class Registrar
{
    private const int Clients = 64;

    public static JsonObject Run(string address, int from, int count) => RunAsync(address, from, count).GetAwaiter().GetResult();

    private static async Task<JsonObject> RunAsync(string address, int from, int count)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{address}:{MdnsDriver.HttpPort}") };
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (number, token) =>
            {
                var body = string.Create(CultureInfo.InvariantCulture, $$$"""
                    {"name":"{{{Questions.Instance(number)}}}","type":"bench","host":"10.89.1.50","port":{{{Questions.Port(number)}}},"ttl":86400,
                    "mdns_service_type":"{{{Questions.Type}}}","metadata":{"path":"/{{{number}}}"}}
                    """);
                using var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
                using var answer = await http.PostAsync(new Uri("/api/v1/services/register", UriKind.Relative), content, token);
                answer.EnsureSuccessStatusCode();
            });
        return new JsonObject { ["registered"] = count, ["seconds"] = clock.Elapsed.TotalSeconds };
    }
}
