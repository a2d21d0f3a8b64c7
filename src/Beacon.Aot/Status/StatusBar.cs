using System.Globalization;
using System.Text;
using Beacon.Features.Health.History;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>
/// The days of one service as a picture. A cell is 7 wide and 3 apart from the next: the style sheet's dashes, so that a hundred days alike
/// are one line. The worse a day, the lower its cell: colour is not all that tells them apart.
/// </summary>
internal static class StatusBar
{
    private const int Cell = 10;
    private const double Good = 0.995;
    private const double Fair = 0.95;

    /// <summary>Days told by name to those who do not see the picture.</summary>
    private const int MostNamed = 10;

    /// <summary>A line's class in the style sheet, and its height in the picture, which is 30 high.</summary>
    private static readonly (char Class, int Middle)[] Lines = [('g', 15), ('f', 19), ('p', 24), ('m', 15)];

    public static void Write(Html html, DailyUptime past, DateOnly today, StatusTexts texts)
    {
        var first = today.AddDays(1 - StatusLimits.Days);
        html.Raw("<div class=\"bar\"><svg viewBox=\"0 0 900 30\" preserveAspectRatio=\"none\" role=\"img\"><title>")
            .Raw(Describe(past, texts))
            .Raw("</title><path class=\"n\" d=\"M0 15h900\"/>");
        foreach (var (kind, middle) in Lines)
        {
            if (Path(past.Days.Where(x => ClassOf(x) == kind).Select(x => x.Day.DayNumber - first.DayNumber), middle) is { Length: > 0 } path)
            {
                html.Raw($"<path class=\"{kind}\" d=\"{path}\"/>");
            }
        }

        html.Raw("</svg></div>");
    }

    /// <summary>What the picture means.</summary>
    public static void WriteLegend(Html html, StatusTexts texts)
    {
        Write('g', 15, texts.LegendGood);
        Write('f', 19, texts.LegendFair);
        Write('p', 24, texts.LegendPoor);
        Write('m', 15, texts.LegendPlanned);
        Write('n', 15, texts.LegendNone);

        void Write(char kind, int middle, string text) => html.Raw(
            $"<li><svg viewBox=\"0 0 10 30\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"n\" d=\"M0 15h10\"/><path class=\"{kind}\" d=\"M0 {middle}h10\"/></svg>{text}</li>");
    }

    private static char ClassOf(DayUptime day) => day.UpRatio switch
    {
        null => 'm',
        >= Good => 'g',
        >= Fair => 'f',
        _ => 'p',
    };

    /// <param name="places">Rising.</param>
    private static string Path(IEnumerable<int> places, int middle)
    {
        var path = new StringBuilder();
        int start = -1, end = -1;
        foreach (var place in places.Where(x => x is >= 0 and < StatusLimits.Days))
        {
            if (place != end)
            {
                End();
                start = place;
            }

            end = place + 1;
        }

        End();
        return path.ToString();

        void End()
        {
            if (start >= 0)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{start * Cell} {middle}h{(end - start) * Cell}");
            }
        }
    }

    private static string Describe(DailyUptime past, StatusTexts texts)
    {
        var known = past.Days.Where(x => x.UpRatio is not null).ToList();
        var troubled = known.Where(x => x.UpRatio < Good).OrderBy(x => x.UpRatio).ThenByDescending(x => x.Day).ToList();
        return texts.Bar(
            known.Count,
            [.. troubled.Take(MostNamed).Select(x => $"{texts.Day(x.Day)} ({texts.Percent(x.UpRatio ?? 0)})")],
            Math.Max(0, troubled.Count - MostNamed));
    }
}
