using Beacon.Registry.Services;

namespace Beacon.Storage.Events;

/// <summary>Which entries; null is no condition.</summary>
public sealed record EventQuery
{
    /// <summary>Only entries with smaller ids: the last one seen.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = int.MaxValue;

    public ServiceId? Service { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyCollection<EventKind> Kinds { get; init; } = [];

    /// <summary>In the name or the detail, whatever its case.</summary>
    public string? Text { get; init; }

    /// <summary>At that instant or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Before that instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>All conditions but the number of entries.</summary>
    public bool Matches(EventEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Before is not { } before || entry.Id < before)
            && (Service is not { } service || entry.Service == service)
            && (Kinds.Count == 0 || Kinds.Contains(entry.Kind))
            && (Since is not { } since || entry.At >= since)
            && (Until is not { } until || entry.At < until)
            && MatchesText(entry);
    }

    /// <summary>The one condition that is no matter of numbers: letters beyond ASCII have a case too.</summary>
    public bool MatchesText(EventEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return string.IsNullOrEmpty(Text) || Has(entry.Name, Text) || Has(entry.Detail, Text);
    }

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false;
}
