using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beacon.Aot.Tests.Docs;

namespace Beacon.Aot.Tests.Live;

/// <summary>A conversation over a live connection as a file. Time is virtual and sequences are fixed, so only ids are given names.</summary>
internal sealed partial class LiveSnapshot(string name)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly Dictionary<string, string> _ids = [];
    private readonly JsonArray _lines = [];

    /// <summary>What the test did, in words.</summary>
    public void Note(string happening) => _lines.Add(new JsonObject { ["when"] = happening });

    public async Task AskAsync(LiveClient client, string frame)
    {
        _lines.Add(new JsonObject { ["sent"] = Normalise(frame) });
        await client.SendAsync(frame);
        await ReceiveAsync(client);
    }

    public async Task ReceiveAsync(LiveClient client, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            var text = await client.ReceiveTextAsync();
            _lines.Add(new JsonObject { ["received"] = JsonNode.Parse(Normalise(text!)) });
        }
    }

    public void Check() =>
        RepositoryFiles.Check($"tests/Beacon.Aot.Tests/ContractSnapshots/{name}.json", _lines.ToJsonString(Indented) + "\n");

    private string Normalise(string text) => IdPattern().Replace(
        text, match => _ids.TryGetValue(match.Value, out var known) ? known : _ids[match.Value] = $"(id {_ids.Count + 1})");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex IdPattern();
}
