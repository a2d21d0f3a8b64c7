namespace Beacon.Aot.Api.Services;

/// <summary>A checked wish for a planned interruption.</summary>
/// <param name="Until">UTC.</param>
internal sealed record MaintenanceWish(DateTimeOffset Until, string Reason);
