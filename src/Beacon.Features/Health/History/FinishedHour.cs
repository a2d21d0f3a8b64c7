namespace Beacon.Features.Health.History;

/// <summary>An hour of one service that is to become chunks.</summary>
internal readonly record struct FinishedHour(SeriesState Series, HourBuffer Buffer);
