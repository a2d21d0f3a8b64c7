using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Features.Health.History;
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
        var text = QueryParameters.Last(query, Window);
        if (text.Length == 0)
        {
            return HistoryWindow.Day;
        }

        if (HistoryWindows.TryParse(text, out var window) && allowed.Contains(window))
        {
            return window;
        }

        QueryParameters.AddExpected(Window, text, [.. allowed.Select(HistoryWindows.Name)], problems);
        return null;
    }

    public static IncidentQuery? ReadIncidents(IQueryCollection query, Problems problems)
    {
        var found = new IncidentQuery
        {
            IsOpen = ReadOpen(query, problems),
            Service = QueryParameters.ReadService(query, Service, problems),
            Since = QueryParameters.ReadInstant(query, Since, problems),
            Limit = ServiceQueryReader.ReadInteger(query, QueryRules.Limit, problems) ?? QueryRules.DefaultLimit,
            Skip = ServiceQueryReader.ReadInteger(query, QueryRules.Skip, problems) ?? 0,
        };
        return problems.Any ? null : found;
    }

    private static bool? ReadOpen(IQueryCollection query, Problems problems)
    {
        var text = QueryParameters.Last(query, Open);
        if (text is "true" or "false" or "")
        {
            return text.Length == 0 ? null : text == "true";
        }

        QueryParameters.AddExpected(Open, text, ["true", "false"], problems);
        return null;
    }
}
