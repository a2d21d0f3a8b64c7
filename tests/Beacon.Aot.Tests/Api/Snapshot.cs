using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beacon.Aot.Tests.Docs;

namespace Beacon.Aot.Tests.Api;

/// <summary>
/// A conversation with the API as a file: requests, statuses, the headers that are part of the contract, bodies. What differs from run to
/// run (ids, instants, tags, ports) is replaced by a name, the same value by the same name.
/// </summary>
internal sealed partial class Snapshot(string name)
{
    private static readonly string[] ContractHeaders = ["Content-Type", "Allow", "Location", "Cache-Control", "ETag", "Retry-After"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly JsonArray _exchanges = [];

    public async Task<ApiReply> SendAsync(
        ApiHarness api, string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var reply = await api.SendAsync(method, path, body, headers: headers);
        var exchange = new JsonObject { ["request"] = $"{method} {Normalise(path)}" };
        foreach (var (header, value) in headers)
        {
            exchange[$"request {header}"] = Normalise(value);
        }

        if (body is not null)
        {
            exchange["request body"] = body.Length > 1000 ? $"({body.Length} characters)" : body;
        }

        exchange["status"] = reply.Status;
        foreach (var header in ContractHeaders.Where(header => reply.Headers.ContainsKey(header)))
        {
            exchange[header] = Normalise(reply.Headers[header]);
        }

        exchange["body"] = reply.Body.Length == 0
            ? null
            : reply.Header("Content-Type") == "application/json" ? JsonNode.Parse(Normalise(reply.Body)) : "(not JSON)";
        _exchanges.Add(exchange);
        return reply;
    }

    public void Check() =>
        RepositoryFiles.Check($"tests/Beacon.Aot.Tests/ContractSnapshots/{name}.json", _exchanges.ToJsonString(Indented) + "\n");

    private string Normalise(string text)
    {
        text = IdPattern().Replace(text, match => match.Value == Guid.Empty.ToString() ? match.Value : Named(match.Value));
        text = InstantPattern().Replace(text, "(instant)");
        return TagPattern().Replace(text, "(tag)");
    }

    private string Named(string id) => _ids.TryGetValue(id, out var known) ? known : _ids[id] = $"(id {_ids.Count + 1})";

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")]
    private static partial Regex InstantPattern();

    [GeneratedRegex("(?<=\")[0-9a-f]{16}(?=\"$)")]
    private static partial Regex TagPattern();
}
