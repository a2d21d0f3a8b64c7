using System.Globalization;
using Beacon.Aot.Api.Services;

namespace Beacon.Aot.Status;

/// <summary>Instants in the zone of the machine Beacon runs on, which is that of the house; UTC where the machine knows no other.</summary>
internal sealed class StatusTime(TimeZoneInfo zone, StatusTexts texts)
{
    /// <summary>An element with the instant for people, and in UTC for programs.</summary>
    public string Element(DateTimeOffset at) => $"<time datetime=\"{UtcText.ToText(at)}\">{texts.Instant(TimeZoneInfo.ConvertTime(at, zone))}</time>";

    /// <summary>Which zone that is: its name where it has one, and how far from UTC it is at that instant.</summary>
    public string Zone(DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        if (offset == TimeSpan.Zero)
        {
            return "UTC";
        }

        var sign = offset < TimeSpan.Zero ? '−' : '+';
        var distance = string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{offset:hh\\:mm}");
        return zone.Id.Contains('/', StringComparison.Ordinal) ? $"{zone.Id} ({distance})" : distance;
    }
}
