namespace Beacon.Registry;

/// <summary>How many services there are, by status.</summary>
public readonly record struct RegistryCounts(int Total, int Active, int Unhealthy, int Expired);
