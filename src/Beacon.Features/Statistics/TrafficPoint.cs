namespace Beacon.Features.Statistics;

/// <param name="Time">When it begins, UTC.</param>
public sealed record TrafficPoint(DateTimeOffset Time, TrafficFigures Figures);
