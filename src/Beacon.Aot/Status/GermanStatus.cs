using System.Globalization;
using Beacon.Features.Health.Probing;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

internal sealed class GermanStatus : StatusTexts
{
    public override string Code => "de";

    public override string Name => "Deutsch";

    public override string Languages => "Sprache";

    public override string AllWell => "Alles läuft";

    public override string NotCheckedYet => "Noch ist nichts geprüft";

    public override string Nothing => "Noch gibt es nichts zu zeigen";

    public override string Blind => "Der Zustand ist nicht bekannt";

    public override string BlindMore => "Zurzeit lässt sich nicht alles lesen: Was hier fehlt, kann trotzdem laufen.";

    public override string PastUnreadable => "Frühere Werte und Störungen lassen sich zurzeit nicht lesen.";

    public override string Services => "Dienste";

    public override string OtherServices => "Weitere Dienste";

    public override string CurrentIncidents => "Zurzeit gestört";

    public override string RecentIncidents => "Die letzten 14 Tage";

    public override string NoIncidents => "Keine Störungen.";

    public override string MoreIncidents => "Ältere sind nicht aufgeführt.";

    public override string PlannedMaintenance => "Geplante Wartung";

    public override string DuringMaintenance => "während einer Wartung";

    public override string Ongoing => "dauert an";

    public override string Today => "heute";

    public override string NotChecked => "Niemand prüft den Dienst, er meldet sich selbst.";

    public override string Silent => "Der Dienst meldet sich nicht mehr.";

    public override string NoHistory => "Noch keine Werte.";

    public override string Legend => "Was die Balken bedeuten: eine Zelle je Tag";

    public override string LegendGood => "mindestens 99,5 %";

    public override string LegendFair => "mindestens 95 %";

    public override string LegendPoor => "weniger";

    public override string LegendPlanned => "Wartung";

    public override string LegendNone => "keine Werte";

    public override string DaysAreUtc => "Die Tage der Balken beginnen um Mitternacht UTC.";

    public override string StopReloading => "Nicht mehr neu laden";

    public override string ReloadAgain => "Jede Minute neu laden";

    public override string OffTitle => "Hier gibt es keine Statusseite";

    public override string OffText => "Sie ist ausgeschaltet. Wer dieses Beacon betreibt, schaltet sie mit der Einstellung BEACON_STATUS_PAGE ein: Tags der Dienste, die gezeigt werden, oder * für alle.";

    public override string Trouble(int services) => services == 1 ? "1 Dienst ist gestört" : Text($"{services} Dienste sind gestört");

    public override string InMaintenance(int services) => services == 1 ? "Wartung an 1 Dienst" : Text($"Wartung an {services} Diensten");

    public override string Condition(ServiceCondition condition) => condition switch
    {
        ServiceCondition.Up => "Läuft",
        ServiceCondition.Registered => "Angemeldet",
        ServiceCondition.Unknown => "Unbekannt",
        ServiceCondition.Maintenance => "Wartung",
        ServiceCondition.Expired => "Abgelaufen",
        _ => "Gestört",
    };

    public override string Counted(ServiceCondition condition, int services) => condition switch
    {
        ServiceCondition.Up => Text($"{services} {(services == 1 ? "läuft" : "laufen")}"),
        ServiceCondition.Registered => Text($"{services} angemeldet"),
        ServiceCondition.Unknown => Text($"{services} unbekannt"),
        ServiceCondition.Maintenance => Text($"{services} in Wartung"),
        ServiceCondition.Expired => Text($"{services} abgelaufen"),
        _ => Text($"{services} gestört"),
    };

    public override string NotShown(int services) =>
        services == 1 ? "1 weiterer Dienst ist nicht aufgeführt." : Text($"{services} weitere Dienste sind nicht aufgeführt.");

    public override string DaysAgo(int days) => Text($"vor {days} Tagen");

    public override string Hours(int hours) => Text($"{hours} Stunden");

    public override string Days(int days) => Text($"{days} Tage");

    public override string Cause(FailureKind cause) => cause switch
    {
        FailureKind.NoAnswer => "keine Antwort",
        FailureKind.Refused => "Verbindung abgelehnt",
        FailureKind.NameNotFound => "der Name führt nirgendwohin",
        FailureKind.UnexpectedAnswer => "unerwartete Antwort",
        FailureKind.Certificate => "Zertifikat",
        FailureKind.NotAllowed => "die Prüfung ist nicht erlaubt",
        _ => "die Prüfung schlug fehl",
    };

    public override string Since(string instant) => "seit " + instant;

    public override string Lasted(string duration) => "Dauer " + duration;

    public override string Until(string instant) => "bis " + instant;

    public override string MadeAt(string instant) => $"Stand {instant}.";

    public override string PastAt(string instant) => $"Frühere Werte: Stand {instant}.";

    public override string Zone(string zone) => $"Zeiten: {zone}.";

    public override string Bar(int known, IReadOnlyList<string> troubled, int more)
    {
        var days = known == 1 ? "1 Tag mit Werten" : Text($"{known} Tage mit Werten");
        return troubled.Count == 0
            ? $"{days}, keiner mit Störungen."
            : $"{days}. Störungen: {string.Join(", ", troubled)}" + (more > 0 ? Text($" und {more} weitere.") : ".");
    }

    public override string Duration(TimeSpan duration) => Duration(duration, "Tag", "Tage", "Std.", "Min.", "weniger als eine Minute");

    public override string Percent(double ratio) => Hundredths(ratio).Replace('.', ',') + " %";

    public override string Day(DateOnly day) => Text($"{day.Day}.{day.Month}.");

    public override string Instant(DateTimeOffset at) => Text($"{at.Day}.{at.Month}.{at.Year}, {at:HH:mm} Uhr");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
