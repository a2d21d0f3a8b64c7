using System.Globalization;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Validation;

/// <summary>Values that several query strings know. Of a parameter given twice the last counts; an empty one counts as not given.</summary>
internal static class QueryParameters
{
    public static string Last(IQueryCollection query, string name) => query[name].LastOrDefault() ?? "";

    public static ServiceId? ReadService(IQueryCollection query, string name, Problems problems)
    {
        var text = Last(query, name);
        if (text.Length == 0)
        {
            return null;
        }

        if (ServiceId.TryParse(text, out var id))
        {
            return id;
        }

        problems.AddValueError(Location.QueryParameter(name), "must be the id of a service", Problems.Quote(text));
        return null;
    }

    /// <summary>Without a zone it is UTC.</summary>
    public static DateTimeOffset? ReadInstant(IQueryCollection query, string name, Problems problems)
    {
        var text = Last(query, name);
        if (text.Length == 0)
        {
            return null;
        }

        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out var instant))
        {
            return instant;
        }

        problems.AddValueError(Location.QueryParameter(name), "must be an instant such as 2026-11-23T08:30:00Z", Problems.Quote(text));
        return null;
    }

    public static void AddExpected(string name, string text, IReadOnlyList<string> values, Problems problems)
    {
        var expected = $"{string.Join(", ", values.SkipLast(1).Select(x => $"'{x}'"))} or '{values[^1]}'";
        problems.Add(
            Location.QueryParameter(name), "enum", $"Input should be {expected}", Problems.Quote(text), $"{{\"expected\":\"{expected}\"}}");
    }
}
