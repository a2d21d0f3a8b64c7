using System.Globalization;
using Beacon.Features.Health.Probing;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

internal sealed class EnglishStatus : StatusTexts
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public override string Code => "en";

    public override string Name => "English";

    public override string Languages => "Language";

    public override string AllWell => "Everything works";

    public override string NotCheckedYet => "Nothing is checked yet";

    public override string Nothing => "There is nothing to show yet";

    public override string Blind => "The state is not known";

    public override string BlindMore => "Not everything can be read at the moment: what is missing here may be well.";

    public override string PastUnreadable => "Figures of the past and incidents cannot be read at the moment.";

    public override string Services => "Services";

    public override string OtherServices => "Other services";

    public override string CurrentIncidents => "Going on now";

    public override string RecentIncidents => "The last 14 days";

    public override string NoIncidents => "No interruptions.";

    public override string MoreIncidents => "Older ones are not shown.";

    public override string PlannedMaintenance => "Planned maintenance";

    public override string DuringMaintenance => "during maintenance";

    public override string Ongoing => "goes on";

    public override string Today => "today";

    public override string NotChecked => "nobody checks it, it says itself that it is there.";

    public override string Silent => "It no longer says that it is there.";

    public override string NoHistory => "No figures yet.";

    public override string Legend => "What the bars mean: one cell a day";

    public override string LegendGood => "at least 99.5 %";

    public override string LegendFair => "at least 95 %";

    public override string LegendPoor => "less";

    public override string LegendPlanned => "maintenance";

    public override string LegendNone => "no figures";

    public override string DaysAreUtc => "Days of the bars begin at midnight UTC.";

    public override string StopReloading => "Stop reloading";

    public override string ReloadAgain => "Reload every minute";

    public override string OffTitle => "There is no status page here";

    public override string OffText => "It is switched off. Whoever runs this Beacon can switch it on with the setting BEACON_STATUS_PAGE: tags of the services to show, or * for all.";

    public override string Trouble(int services) => services == 1 ? "1 service has trouble" : Text($"{services} services have trouble");

    public override string InMaintenance(int services) => services == 1 ? "Maintenance of 1 service" : Text($"Maintenance of {services} services");

    public override string Condition(ServiceCondition condition) => condition switch
    {
        ServiceCondition.Up => "Up",
        ServiceCondition.Registered => "Registered",
        ServiceCondition.Unknown => "Unknown",
        ServiceCondition.Maintenance => "Maintenance",
        ServiceCondition.Expired => "Expired",
        _ => "Down",
    };

    public override string Counted(ServiceCondition condition, int services) => condition switch
    {
        ServiceCondition.Up => Text($"{services} up"),
        ServiceCondition.Registered => Text($"{services} registered"),
        ServiceCondition.Unknown => Text($"{services} unknown"),
        ServiceCondition.Maintenance => Text($"{services} in maintenance"),
        ServiceCondition.Expired => Text($"{services} expired"),
        _ => Text($"{services} down"),
    };

    public override string NotShown(int services) => services == 1 ? "1 further service is not shown." : Text($"{services} further services are not shown.");

    public override string DaysAgo(int days) => Text($"{days} days ago");

    public override string Hours(int hours) => Text($"{hours} hours");

    public override string Days(int days) => Text($"{days} days");

    public override string Cause(FailureKind cause) => cause switch
    {
        FailureKind.NoAnswer => "no answer",
        FailureKind.Refused => "refused the connection",
        FailureKind.NameNotFound => "its name leads nowhere",
        FailureKind.UnexpectedAnswer => "unexpected answer",
        FailureKind.Certificate => "certificate",
        FailureKind.NotAllowed => "the check is not allowed",
        _ => "the check failed",
    };

    public override string Since(string instant) => "since " + instant;

    public override string Lasted(string duration) => "for " + duration;

    public override string Until(string instant) => "until " + instant;

    public override string MadeAt(string instant) => $"As of {instant}.";

    public override string PastAt(string instant) => $"Figures of the past as of {instant}.";

    public override string Zone(string zone) => $"Times: {zone}.";

    public override string Bar(int known, IReadOnlyList<string> troubled, int more)
    {
        var days = known == 1 ? "1 day with figures" : Text($"{known} days with figures");
        return troubled.Count == 0
            ? $"{days}, none with trouble."
            : $"{days}. Trouble: {string.Join(", ", troubled)}" + (more > 0 ? Text($" and {more} more.") : ".");
    }

    public override string Duration(TimeSpan duration) => Duration(duration, "day", "days", "h", "min", "less than a minute");

    public override string Percent(double ratio) => Hundredths(ratio) + " %";

    public override string Day(DateOnly day) => Text($"{day.Day} {Months[day.Month - 1]}");

    public override string Instant(DateTimeOffset at) => Text($"{at.Day} {Months[at.Month - 1]} {at.Year}, {at:HH:mm}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
