namespace Beacon.Client.Json;

/// <param name="Total">Everything that matches, not only this page.</param>
internal sealed record ServicePage(IReadOnlyList<BeaconService> Services, int Total);
