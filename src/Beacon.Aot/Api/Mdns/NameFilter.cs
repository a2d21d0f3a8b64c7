using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Mdns.Status;

namespace Beacon.Aot.Api.Mdns;

/// <summary>Which of the claimed names are asked for, and which page of them.</summary>
internal sealed record NameFilter(string Text, NameState? State, int Skip, int Limit)
{
    public const string StateParameter = "state";

    private const string Expected = "'waiting', 'probing' or 'announced'";

    /// <summary>Null when there are problems.</summary>
    public static NameFilter? Read(IQueryCollection query, Problems problems)
    {
        var text = query[QueryRules.Text.Name].LastOrDefault() ?? "";
        TextRules.Check(text, QueryRules.Text, Location.QueryParameter(QueryRules.Text.Name), problems);
        var state = query[StateParameter].LastOrDefault() ?? "";
        NameState? wanted = state switch
        {
            "waiting" => NameState.Waiting,
            "probing" => NameState.Probing,
            "announced" => NameState.Announced,
            _ => null,
        };
        if (wanted is null && state.Length > 0)
        {
            problems.Add(
                Location.QueryParameter(StateParameter), "enum", $"Input should be {Expected}", Problems.Quote(state), $"{{\"expected\":\"{Expected}\"}}");
        }

        var limit = ServiceQueryReader.ReadInteger(query, QueryRules.Limit, problems) ?? QueryRules.DefaultLimit;
        var skip = ServiceQueryReader.ReadInteger(query, QueryRules.Skip, problems) ?? 0;
        return problems.Any ? null : new NameFilter(text, wanted, skip, limit);
    }

    /// <summary>In alphabetical order, hosts and instances mixed, as a person looks for a name.</summary>
    public List<NameEntry> Apply(IReadOnlyList<NameEntry> names)
    {
        var found = new List<NameEntry>(names.Count);
        foreach (var name in names)
        {
            if ((State is not { } state || name.States.Contains(state)) && name.Text.Contains(Text, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(name);
            }
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Text, right.Text));
        return found;
    }
}
