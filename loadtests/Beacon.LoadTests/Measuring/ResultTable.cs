using System.Text;
using System.Text.Json.Nodes;

namespace Beacon.LoadTests.Measuring;

/// <summary>Rows of figures for two programs side by side, as text for people and as JSON for machines.</summary>
internal sealed class ResultTable(string ours, string theirs)
{
    private readonly List<(string What, Figures Ours, Figures? Theirs, bool HigherIsBetter, string Target)> _rows = [];

    /// <param name="theirs">Null or empty: there is nothing beside it.</param>
    public void Add(string what, Figures ours, Figures? theirs, bool higherIsBetter, string target) =>
        _rows.Add((what, ours, theirs?.Values.Count > 0 ? theirs : null, higherIsBetter, target));

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine($"| what | {ours} | {theirs} | ratio | target |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var (what, mine, other, higher, target) in _rows)
        {
            var ratio = other is null ? "" : higher ? $"{Figures.Format(mine.Median / other.Median)} ×" : $"1/{Figures.Format(other.Median / mine.Median)}";
            text.AppendLine($"| {what} | {mine} | {other?.ToString() ?? ""} | {ratio} | {target} |");
        }

        return text.ToString();
    }

    public JsonObject ToJson()
    {
        var rows = new JsonArray();
        foreach (var (what, mine, other, _, target) in _rows)
        {
            rows.Add(new JsonObject
            {
                ["what"] = what,
                [ours] = new JsonArray([.. mine.Values.Select(value => JsonValue.Create(value))]),
                [theirs] = other is null ? null : new JsonArray([.. other.Values.Select(value => JsonValue.Create(value))]),
                ["target"] = target,
            });
        }

        return new JsonObject { ["rows"] = rows };
    }
}
