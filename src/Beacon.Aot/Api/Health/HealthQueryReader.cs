using System.Globalization;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Features.Health.History;
using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Aot.Api.Health;

/// <summary>Query strings of history. An empty parameter counts as not given.</summary>
internal static class HealthQueryReader
{
    public const string Window = "window";
    public const string Open = "open";
    public const string Service = "service_id";
    public const string Since = "since";

    /// <param name="allowed">The first is no default: that is <see cref="HistoryWindow.Day"/>.</param>
    public static HistoryWindow? ReadWindow(IQueryCollection query, IReadOnlyList<HistoryWindow> allowed, Problems problems)
    {
        var text = Last(query, Window);
        if (text.Length == 0)
        {
            return HistoryWindow.Day;
        }

        if (HistoryWindows.TryParse(text, out var window) && allowed.Contains(window))
        {
            return window;
        }

        AddExpected(Window, text, [.. allowed.Select(HistoryWindows.Name)], problems);
        return null;
    }

    public static IncidentQuery? ReadIncidents(IQueryCollection query, Problems problems)
    {
        var found = new IncidentQuery
        {
            IsOpen = ReadOpen(query, problems),
            Service = ReadService(query, problems),
            Since = ReadSince(query, problems),
            Limit = ServiceQueryReader.ReadInteger(query, QueryRules.Limit, problems) ?? QueryRules.DefaultLimit,
            Skip = ServiceQueryReader.ReadInteger(query, QueryRules.Skip, problems) ?? 0,
        };
        return problems.Any ? null : found;
    }

    private static string Last(IQueryCollection query, string name) => query[name].LastOrDefault() ?? "";

    private static bool? ReadOpen(IQueryCollection query, Problems problems)
    {
        var text = Last(query, Open);
        if (text is "true" or "false" or "")
        {
            return text.Length == 0 ? null : text == "true";
        }

        AddExpected(Open, text, ["true", "false"], problems);
        return null;
    }

    private static ServiceId? ReadService(IQueryCollection query, Problems problems)
    {
        var text = Last(query, Service);
        if (text.Length == 0)
        {
            return null;
        }

        if (ServiceId.TryParse(text, out var id))
        {
            return id;
        }

        problems.AddValueError(Location.QueryParameter(Service), "must be the id of a service", Problems.Quote(text));
        return null;
    }

    private static DateTimeOffset? ReadSince(IQueryCollection query, Problems problems)
    {
        var text = Last(query, Since);
        if (text.Length == 0)
        {
            return null;
        }

        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Style, out var since))
        {
            return since;
        }

        problems.AddValueError(Location.QueryParameter(Since), "must be an instant such as 2026-11-23T08:30:00Z", Problems.Quote(text));
        return null;
    }

    private static void AddExpected(string name, string text, IReadOnlyList<string> values, Problems problems)
    {
        var expected = $"{string.Join(", ", values.SkipLast(1).Select(x => $"'{x}'"))} or '{values[^1]}'";
        problems.Add(
            Location.QueryParameter(name), "enum", $"Input should be {expected}", Problems.Quote(text), $"{{\"expected\":\"{expected}\"}}");
    }
}
