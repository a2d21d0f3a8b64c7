namespace Beacon.Registry.Health;

/// <summary>What is believed of one service's health, and why. Immutable: a check makes a new one.</summary>
public sealed record HealthState
{
    /// <summary>Before the first check.</summary>
    public static HealthState Unchecked { get; } = new();

    /// <summary>Damped: while <see cref="IsFlapping"/> it stays what it was.</summary>
    public HealthStatus Status { get; init; }

    /// <summary>It changed too often lately; what it is now is in <see cref="Observed"/>.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>What the checks say without damping.</summary>
    public HealthStatus Observed { get; init; }

    /// <summary>Failed checks since the last that passed.</summary>
    public int ConsecutiveFailures { get; init; }

    /// <summary>When <see cref="Status"/> became what it is, UTC; null while nothing is known.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Null before the first check of this run.</summary>
    public CheckResult? Last { get; init; }

    /// <summary>Instants of the latest changes of <see cref="Observed"/>, oldest first, within <see cref="HealthJudge.FlapWindow"/>.</summary>
    internal IReadOnlyList<long> Changes { get; init; } = [];
}
