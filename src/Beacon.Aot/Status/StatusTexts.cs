using Beacon.Features.Health.Probing;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary>Everything the page says, in one language. Texts are written into HTML as they are: none holds a mark of it.</summary>
internal abstract class StatusTexts
{
    public static StatusTexts English { get; } = new EnglishStatus();

    public static StatusTexts German { get; } = new GermanStatus();

    public static IReadOnlyList<StatusTexts> All { get; } = [English, German];

    /// <summary>As in <c>?lang=</c> and in HTML.</summary>
    public abstract string Code { get; }

    public abstract string Name { get; }

    public abstract string Languages { get; }

    public abstract string AllWell { get; }

    public abstract string NotCheckedYet { get; }

    public abstract string Nothing { get; }

    public abstract string Blind { get; }

    public abstract string BlindMore { get; }

    public abstract string PastUnreadable { get; }

    public abstract string Services { get; }

    public abstract string OtherServices { get; }

    public abstract string CurrentIncidents { get; }

    public abstract string RecentIncidents { get; }

    public abstract string NoIncidents { get; }

    public abstract string MoreIncidents { get; }

    public abstract string PlannedMaintenance { get; }

    public abstract string DuringMaintenance { get; }

    public abstract string Ongoing { get; }

    public abstract string Today { get; }

    /// <summary>What <see cref="ServiceCondition.Registered"/> means.</summary>
    public abstract string NotChecked { get; }

    /// <summary>Of a service that nobody checks and whose lease ran out.</summary>
    public abstract string Silent { get; }

    public abstract string NoHistory { get; }

    public abstract string Legend { get; }

    public abstract string LegendGood { get; }

    public abstract string LegendFair { get; }

    public abstract string LegendPoor { get; }

    public abstract string LegendPlanned { get; }

    public abstract string LegendNone { get; }

    public abstract string DaysAreUtc { get; }

    public abstract string StopReloading { get; }

    public abstract string ReloadAgain { get; }

    public abstract string OffTitle { get; }

    public abstract string OffText { get; }

    public abstract string Trouble(int services);

    public abstract string InMaintenance(int services);

    public abstract string Condition(ServiceCondition condition);

    /// <summary>So many services of that kind, as part of a list.</summary>
    public abstract string Counted(ServiceCondition condition, int services);

    public abstract string NotShown(int services);

    public abstract string DaysAgo(int days);

    /// <summary>The last hours or days, short.</summary>
    public abstract string Hours(int hours);

    /// <inheritdoc cref="Hours"/>
    public abstract string Days(int days);

    public abstract string Cause(FailureKind cause);

    public abstract string Since(string instant);

    /// <param name="duration">From <see cref="Duration(TimeSpan)"/>.</param>
    public abstract string Lasted(string duration);

    public abstract string Until(string instant);

    public abstract string MadeAt(string instant);

    public abstract string PastAt(string instant);

    public abstract string Zone(string zone);

    /// <summary>What a bar shows, for those who do not see it.</summary>
    /// <param name="known">Days with a figure.</param>
    /// <param name="troubled">The worst of them first, each as a day with its figure; not all of them.</param>
    /// <param name="more">Further ones.</param>
    public abstract string Bar(int known, IReadOnlyList<string> troubled, int more);

    public abstract string Duration(TimeSpan duration);

    /// <summary>Rounded down: 100 % is said of nothing less.</summary>
    public abstract string Percent(double ratio);

    public abstract string Day(DateOnly day);

    public abstract string Instant(DateTimeOffset at);

    /// <summary>One or two units, the second left out when it is zero.</summary>
    protected static string Duration(TimeSpan duration, string day, string days, string hours, string minutes, string less)
    {
        var parts = new List<string>();
        if (duration.Days > 0)
        {
            parts.Add(FormattableString.Invariant($"{duration.Days} {(duration.Days == 1 ? day : days)}"));
        }

        if (duration.Hours > 0)
        {
            parts.Add(FormattableString.Invariant($"{duration.Hours} {hours}"));
        }

        if (duration.Minutes > 0 && duration.Days == 0)
        {
            parts.Add(FormattableString.Invariant($"{duration.Minutes} {minutes}"));
        }

        return parts.Count == 0 ? less : string.Join(' ', parts);
    }

    /// <summary>Two places at most, with a point.</summary>
    protected static string Hundredths(double ratio)
    {
        // 0.9995 is stored a little below itself; a failure among a year's checks weighs a thousand times more than this.
        const double Rounding = 1e-9;
        const int Places = 10_000;
        const double Percent = 100;
        return FormattableString.Invariant($"{Math.Floor((ratio * Places) + Rounding) / Percent:0.##}");
    }
}
