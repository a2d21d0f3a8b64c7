using System.Globalization;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Storage.Events;

namespace Beacon.Aot.Api.Events;

/// <summary>The query string of the event log. An empty parameter counts as not given.</summary>
internal static class EventQueryReader
{
    /// <summary>Null: something is wrong, and among the problems.</summary>
    public static EventQuery? Read(IQueryCollection query, Problems problems)
    {
        var found = new EventQuery
        {
            Limit = ServiceQueryReader.ReadInteger(query, EventRules.Limit, problems) ?? EventRules.DefaultLimit,
            Before = ReadBefore(query, problems),
            Service = QueryParameters.ReadService(query, EventRules.Service, problems),
            Kinds = ReadKinds(query, problems),
            Text = ReadText(query, problems),
            Since = QueryParameters.ReadInstant(query, EventRules.Since, problems),
            Until = QueryParameters.ReadInstant(query, EventRules.Until, problems),
        };
        return problems.Any ? null : found;
    }

    private static long? ReadBefore(IQueryCollection query, Problems problems)
    {
        var text = QueryParameters.Last(query, EventRules.Before.Name);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : ServiceQueryReader.ReadInteger(query, EventRules.Before, problems);
    }

    private static HashSet<EventKind> ReadKinds(IQueryCollection query, Problems problems)
    {
        var kinds = new HashSet<EventKind>();
        var words = query[EventRules.Kind].OfType<string>()
            .SelectMany(x => x.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        foreach (var word in words)
        {
            if (EventKindText.Read(word) is { } kind)
            {
                kinds.Add(kind);
                continue;
            }

            // One is enough: a list of a thousand wrong ones would be answered with a thousand lists of the right ones.
            QueryParameters.AddExpected(EventRules.Kind, word, EventKindText.All, problems);
            break;
        }

        return kinds;
    }

    private static string? ReadText(IQueryCollection query, Problems problems)
    {
        var text = QueryParameters.Last(query, EventRules.Text.Name);
        return text.Length > 0 && TextRules.Check(text, EventRules.Text, Location.QueryParameter(EventRules.Text.Name), problems) ? text : null;
    }
}
