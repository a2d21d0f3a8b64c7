namespace Beacon.Features.Health.History;

/// <summary>One day of a service.</summary>
/// <param name="Day">Of UTC.</param>
/// <param name="UpRatio">Null: it was checked in a planned interruption only.</param>
public readonly record struct DayUptime(DateOnly Day, double? UpRatio);
