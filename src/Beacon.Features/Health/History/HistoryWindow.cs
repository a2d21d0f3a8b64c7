namespace Beacon.Features.Health.History;

/// <summary>Up to now, from how long ago.</summary>
public enum HistoryWindow
{
    Hour,
    Day,
    Week,
    Month,
    Year,
}
