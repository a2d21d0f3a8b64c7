using Beacon.Registry.Services;

namespace Beacon.Registry.Queries;

/// <summary>One page of a list, ordered by creation time, then id.</summary>
/// <param name="Total">How many services match in all, not how many are on this page.</param>
/// <param name="Revision">Registry revision the page was read at; an unchanged revision means an unchanged list.</param>
public readonly record struct ServicePage(IReadOnlyList<ServiceView> Services, int Total, long Revision);
