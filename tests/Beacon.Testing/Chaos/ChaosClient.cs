using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Beacon.Testing.Chaos;

/// <summary>Talks to Beacon over HTTP and says of each request what a client can know of it.</summary>
internal sealed class ChaosClient : IDisposable
{
    public const int FirstPort = 1000;
    public const string Stamp = "stamp";
    private const string Services = "/api/v1/services";
    private const int PageSize = 100;

    /// <summary>Beacon answers within 2 s whatever its store does; a stopped machine may take longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http;

    public ChaosClient(Uri address) => _http = new HttpClient { BaseAddress = address, Timeout = Patience };

    public async Task<ChaosRecord> RegisterAsync(ChaosHousehold household, string name, int stamp) =>
        await SendAsync(
            new ChaosRecord(household.Number, ChaosOperation.Register, default, "", name, stamp, household.Ttl, default, default),
            HttpMethod.Post,
            $"{Services}/register",
            Invariant($$$"""{"name":"{{{name}}}","type":"chaos","host":"192.0.2.7","port":{{{FirstPort + household.Number}}},"ttl":{{{household.Ttl}}},"metadata":{"{{{Stamp}}}":"{{{stamp}}}"}}"""));

    public async Task<ChaosRecord> UpdateAsync(ChaosHousehold household, string id, string name, int stamp) =>
        await SendAsync(
            new ChaosRecord(household.Number, ChaosOperation.Update, default, id, name, stamp, 0, default, default),
            HttpMethod.Put,
            $"{Services}/{id}",
            Invariant($$$"""{"name":"{{{name}}}","metadata":{"{{{Stamp}}}":"{{{stamp}}}"}}"""));

    public async Task<ChaosRecord> HeartbeatAsync(ChaosHousehold household, string id) =>
        await SendAsync(
            new ChaosRecord(household.Number, ChaosOperation.Heartbeat, default, id, household.NameOf[id], 0, household.Ttl, default, default),
            HttpMethod.Put,
            $"{Services}/{id}/heartbeat",
            null);

    public async Task<ChaosRecord> DeleteAsync(ChaosHousehold household, string id) =>
        await SendAsync(
            new ChaosRecord(household.Number, ChaosOperation.Delete, default, id, household.NameOf[id], 0, 0, default, default),
            HttpMethod.Delete,
            $"{Services}/{id}",
            null);

    public async Task<IReadOnlyList<ChaosService>> ListAsync()
    {
        var services = new List<ChaosService>();
        foreach (var list in (string[])[Services, $"{Services}/expired"])
        {
            var read = 0;
            for (var total = 1; read < total;)
            {
                using var page = await ReadAsync($"{list}?limit={PageSize}&skip={read}");
                var items = page.RootElement.GetProperty("services").EnumerateArray().ToList();
                total = items.Count == 0 ? 0 : page.RootElement.GetProperty("total").GetInt32();
                read += items.Count;
                services.AddRange(items.Select(Read));
            }
        }

        return [.. services.OrderBy(x => x.Id, StringComparer.Ordinal)];
    }

    /// <summary>The database has everything.</summary>
    public async Task<bool> IsLevelAsync()
    {
        using var health = await ReadAsync("/api/v1/health");
        var database = health.RootElement.GetProperty("database");
        return database.GetProperty("state").GetString() == "healthy" && database.GetProperty("pending_changes").GetInt32() == 0
            && database.TryGetProperty("spooled_changes", out var spooled) && spooled.GetInt32() == 0;
    }

    public async Task<string> MetricsAsync() => await _http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    public void Dispose() => _http.Dispose();

    private async Task<ChaosRecord> SendAsync(ChaosRecord record, HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        record = record with { SentAt = DateTimeOffset.UtcNow };
        try
        {
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var outcome = answer.StatusCode switch
            {
                _ when answer.IsSuccessStatusCode => ChaosOutcome.Acknowledged,
                HttpStatusCode.NotFound => ChaosOutcome.NotFound,
                HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity => ChaosOutcome.Refused,
                HttpStatusCode.ServiceUnavailable => ChaosOutcome.Unavailable,
                _ => ChaosOutcome.Unknown,
            };
            var id = record.Id.Length == 0 && outcome == ChaosOutcome.Acknowledged ? IdOf(text) : record.Id;
            return record with { Outcome = outcome, Id = id, AnsweredAt = DateTimeOffset.UtcNow };
        }
        catch (HttpRequestException error)
        {
            var outcome = error.HttpRequestError == HttpRequestError.ConnectionError ? ChaosOutcome.Refused : ChaosOutcome.Unknown;
            return record with { Outcome = outcome, AnsweredAt = DateTimeOffset.UtcNow };
        }
        catch (OperationCanceledException)
        {
            return record with { Outcome = ChaosOutcome.Pending, AnsweredAt = DateTimeOffset.UtcNow };
        }
    }

    private async Task<JsonDocument> ReadAsync(string path) =>
        JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));

    private static string IdOf(string json)
    {
        using var service = JsonDocument.Parse(json);
        return service.RootElement.GetProperty("service_id").GetString()!;
    }

    private static ChaosService Read(JsonElement service)
    {
        var expires = service.GetProperty("expires_at").GetDateTimeOffset();
        return new ChaosService(
            service.GetProperty("service_id").GetString()!,
            service.GetProperty("port").GetInt32() - FirstPort,
            service.GetProperty("name").GetString()!,
            service.GetProperty("metadata").TryGetProperty(Stamp, out var stamp) ? int.Parse(stamp.GetString()!, CultureInfo.InvariantCulture) : -1,
            service.GetProperty("status").GetString()!,
            service.GetProperty("ttl").GetInt32(),
            DateTimeOffset.FromUnixTimeMilliseconds(expires.ToUnixTimeMilliseconds()));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
