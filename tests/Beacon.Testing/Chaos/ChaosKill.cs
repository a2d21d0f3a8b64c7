namespace Beacon.Testing.Chaos;

/// <summary>Beacon was ended by <c>kill -9</c>, at some moment between the two.</summary>
/// <param name="From">UTC; before the signal.</param>
/// <param name="Until">UTC; once it was gone.</param>
public sealed record ChaosKill(DateTimeOffset From, DateTimeOffset Until);
