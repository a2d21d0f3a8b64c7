namespace Beacon.Storage.Health;

/// <summary>One roll-up. Response times are milliseconds, null without any.</summary>
/// <param name="Up">Of <paramref name="Count"/>.</param>
/// <param name="Planned">Beside them.</param>
public readonly record struct ArchivedPoint(
    DateTimeOffset Time, int Count, int Up, int Planned, double? Min, double? Mean, double? P50, double? P95, double? Max);
