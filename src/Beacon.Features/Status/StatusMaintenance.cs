namespace Beacon.Features.Status;

/// <param name="Reason">As the operator wrote it, for people; may be empty.</param>
public sealed record StatusMaintenance(string Name, DateTimeOffset Since, DateTimeOffset Until, string Reason);
