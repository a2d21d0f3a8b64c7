namespace Beacon.Features.Health.History;

/// <summary>How long history is kept. Longer costs disk only: see docs/health-history.md for how much.</summary>
public sealed record HealthHistoryOptions
{
    /// <summary>Least for <see cref="RawHours"/>: a day's percentiles are exact because its results are there when it ends.</summary>
    public const int MinRawHours = 24;

    /// <summary>Every single result.</summary>
    public int RawHours { get; init; } = MinRawHours;

    /// <summary>Roll-ups by the minute.</summary>
    public int MinuteDays { get; init; } = 30;

    /// <summary>Roll-ups by the hour, and incidents.</summary>
    public int HourDays { get; init; } = 365;

    /// <summary>Roll-ups by the day; 0: for ever.</summary>
    public int DayDays { get; init; }
}
