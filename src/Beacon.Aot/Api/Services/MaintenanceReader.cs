using System.Globalization;
using System.Text.Json;
using Beacon.Aot.Api.Validation;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The body that begins a planned interruption: how long, or until when, and why.</summary>
internal static class MaintenanceReader
{
    private const string Until = "until";

    public static readonly FieldRule Duration = new("duration", FieldKind.Integer, ServiceLimits.MinMaintenance, ServiceLimits.MaxMaintenance);

    public static readonly FieldRule Reason = new("reason", FieldKind.Text, 0, ServiceLimits.MaxMaintenanceReason) { Form = TextForm.Line };

    /// <summary>ISO 8601 with an offset or Z; how far ahead is checked here.</summary>
    public static readonly FieldRule UntilRule = new(Until, FieldKind.Text, 1, 40) { Form = TextForm.Line };

    public static MaintenanceWish? Read(in JsonElement body, DateTimeOffset now, Problems problems)
    {
        var fields = new ServiceFields(body, [], problems);
        var duration = fields.Integer(Duration);
        var text = fields.Text(UntilRule);
        var reason = fields.Text(Reason) ?? "";
        if (problems.Any)
        {
            return null;
        }

        if (duration is null == text is null)
        {
            problems.AddValueError(Location.BodyField(Until), "must be given, or duration in seconds, and not both", body.GetRawText());
            return null;
        }

        var until = duration is { } seconds ? now.AddSeconds(seconds) : ReadUntil(text!, now, problems);
        return problems.Any ? null : new MaintenanceWish(until, reason);
    }

    private static DateTimeOffset ReadUntil(string text, DateTimeOffset now, Problems problems)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until))
        {
            problems.AddValueError(Location.BodyField(Until), "must be an instant such as 2026-11-24T18:00:00Z", Problems.Quote(text));
        }
        else if (until <= now || until > now.AddSeconds(ServiceLimits.MaxMaintenance))
        {
            problems.AddValueError(Location.BodyField(Until), "must be in the future, at most 30 days", Problems.Quote(text));
        }

        return until;
    }
}
