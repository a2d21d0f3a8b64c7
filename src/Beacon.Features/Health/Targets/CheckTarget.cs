using System.Net;

namespace Beacon.Features.Health.Targets;

/// <summary>Where a check may connect to: addresses that were judged, or why there is none.</summary>
/// <param name="IsRefused">There are addresses, and none of them is allowed.</param>
internal readonly record struct CheckTarget(IReadOnlyList<IPAddress> Addresses, string? Problem = null, bool IsRefused = false);
