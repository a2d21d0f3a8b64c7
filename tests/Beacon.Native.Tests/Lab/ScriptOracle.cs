using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>A script that prints what it learns, one line of JSON each: its last word on a name counts.</summary>
internal sealed class ScriptOracle : Oracle
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private readonly LabCommand _script;

    private ScriptOracle(LabHost host, string type, LabCommand script)
        : base(host, type) => _script = script;

    protected override string Output => string.Join('\n', _script.Lines) + _script.Errors;

    public static async Task<ScriptOracle> StartAsync(LabHost host, string type, bool ipv4, string script)
    {
        var oracle = new ScriptOracle(host, type, host.StartScript(script, type, ipv4 ? "4" : "6"));
        if (await oracle._script.WaitForLineAsync(x => x.Contains("\"ready\"", StringComparison.Ordinal), StartLimit) is null)
        {
            oracle.Dispose();
            Assert.Fail($"{script} did not start: {oracle._script.Errors}");
        }

        return oracle;
    }

    public override void Dispose() => _script.Dispose();

    protected override Task<Sighting?> LookAsync(string instance)
    {
        foreach (var line in _script.Lines.Reverse())
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.GetProperty("name").GetString() == instance)
            {
                return Task.FromResult(root.GetProperty("event").GetString() == "there" ? Read(root) : null);
            }
        }

        return Task.FromResult<Sighting?>(null);
    }

    private static Sighting Read(JsonElement line) => new(
        line.GetProperty("name").GetString()!,
        [.. line.GetProperty("addresses").EnumerateArray().Select(x => x.GetString()!)],
        line.GetProperty("port").GetInt32(),
        line.GetProperty("txt").EnumerateObject().ToDictionary(x => x.Name, x => x.Value.GetString()!));
}
