using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beacon.Aot.Tests.Docs;

namespace Beacon.Aot.Tests.About;

/// <summary>Answers as a file. What a machine or a moment decides is replaced by its kind; everything else is kept as it was said.</summary>
internal sealed class AboutSnapshot(HttpClient client)
{
    private const string File = "tests/Beacon.Aot.Tests/ContractSnapshots/about.json";

    private static readonly HashSet<string> Varying = ["version", "timestamp", "uptime", "used_mb", "ping_ms", "seconds_behind"];

    /// <summary>A machine without a network has none of these.</summary>
    private static readonly HashSet<string> OfTheNetwork = ["local_ip", "interface"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly JsonArray _answers = [];

    public async Task GetAsync(string path, CancellationToken token)
    {
        using var reply = await client.GetAsync(path, token);
        var body = JsonNode.Parse(await reply.Content.ReadAsStringAsync(token))!;
        _answers.Add(new JsonObject
        {
            ["request"] = $"GET {path}",
            ["status"] = (int)reply.StatusCode,
            ["Content-Type"] = reply.Content.Headers.ContentType?.ToString(),
            ["Cache-Control"] = reply.Headers.CacheControl?.ToString(),
            ["body"] = Normalised(body),
        });
    }

    public void Check() => RepositoryFiles.Check(File, _answers.ToJsonString(Indented) + "\n");

    private static JsonNode? Normalised(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key, Varying.Contains(member.Key) ? Kind(member.Value) : OfTheNetwork.Contains(member.Key) ? "(string or null)" : Normalised(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Normalised)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Null stays null: whether a figure is there is part of the contract.</summary>
    private static JsonValue? Kind(JsonNode? value) =>
        value is null ? null : JsonValue.Create($"({value.GetValueKind().ToString().ToLowerInvariant()})");
}
