namespace Beacon.Features.Statistics;

/// <summary>What happened in a window.</summary>
/// <param name="Points">Oldest first; stretches in which nothing happened are left out.</param>
public sealed record Traffic(TrafficFigures Total, IReadOnlyList<TrafficPoint> Points);
