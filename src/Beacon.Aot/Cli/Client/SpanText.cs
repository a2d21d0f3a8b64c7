using System.Globalization;

namespace Beacon.Aot.Cli.Client;

/// <summary>Lengths of time as people say them: the two largest units at most.</summary>
internal static class SpanText
{
    private const int HoursOfDay = 24;

    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            span = -span;
        }

        if (span.TotalSeconds < 100)
        {
            return Text($"{Math.Round(span.TotalSeconds)} s");
        }

        if (span.TotalMinutes < 100)
        {
            return Text($"{Math.Round(span.TotalMinutes)} min");
        }

        return span.TotalHours < 2 * HoursOfDay
            ? Text($"{(int)span.TotalHours} h {span.Minutes} min")
            : Text($"{(int)span.TotalDays} days {span.Hours} h");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
