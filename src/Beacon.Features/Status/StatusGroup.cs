namespace Beacon.Features.Status;

/// <summary>Services under one tag, by name.</summary>
/// <param name="Tag">As in the settings; may be <see cref="StatusOptions.Every"/>.</param>
public sealed record StatusGroup(string Tag, IReadOnlyList<StatusService> Services);
