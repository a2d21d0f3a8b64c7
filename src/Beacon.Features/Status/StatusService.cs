using Beacon.Features.Health.History;

namespace Beacon.Features.Status;

/// <summary>One row. What must not be shown (id, host, port, metadata) is not in here.</summary>
/// <param name="Past">Null: it has none.</param>
public sealed record StatusService(string Name, ServiceCondition Condition, bool IsChecked, DailyUptime? Past);
