using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Api;

/// <summary>One answer, read whole.</summary>
internal sealed record ApiReply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Text(string member) => Json[member]!.GetValue<string>();

    /// <summary>The problems of a 422, as <c>type@last part of loc</c>.</summary>
    public IEnumerable<string> Problems =>
        Json["detail"]!.AsArray().Select(problem => $"{problem!["type"]}@{problem["loc"]!.AsArray()[^1]}");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<ApiReply> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[name] = values.ToString();
        }

        return new((int)response.StatusCode, body, headers);
    }
}
