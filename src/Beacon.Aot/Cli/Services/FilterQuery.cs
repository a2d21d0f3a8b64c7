using System.Text;

namespace Beacon.Aot.Cli.Services;

/// <summary>The conditions of a list, as the API takes them.</summary>
internal static class FilterQuery
{
    public static string Of(CommandLine line)
    {
        var query = new StringBuilder();
        Add(query, "type", line.Values(VerbOption.FilterType));
        Add(query, "tags", line.Values(VerbOption.FilterTag));
        Add(query, "host", line.Values(VerbOption.FilterHost));
        Add(query, "protocol", line.Values(VerbOption.FilterProtocol));
        Add(query, "status", line.Values(VerbOption.FilterStatus));
        Add(query, "q", line.Values(VerbOption.Search));
        return query.ToString();
    }

    private static void Add(StringBuilder query, string name, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
