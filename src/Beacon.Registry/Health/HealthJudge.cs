namespace Beacon.Registry.Health;

/// <summary>From a check's result to what is believed: some failures in a row for down, one success for up, and damping of what flaps.</summary>
public static class HealthJudge
{
    /// <summary>More changes than this within <see cref="FlapWindow"/> are flapping: to announce and withdraw each of them helps nobody.</summary>
    public const int MostChanges = 6;

    /// <summary>How long a change is remembered.</summary>
    public static readonly TimeSpan FlapWindow = TimeSpan.FromMinutes(10);

    /// <param name="retries">Failures in a row that make a service unhealthy, at least 1.</param>
    /// <param name="now">Monotonic, 100 ns ticks: the window must not move with the wall clock.</param>
    public static HealthState Next(HealthState before, in CheckResult result, int retries, long now)
    {
        ArgumentNullException.ThrowIfNull(before);
        var failures = result.Passed ? 0 : before.ConsecutiveFailures + 1;
        var observed = result.Passed ? HealthStatus.Healthy
            : failures >= retries ? HealthStatus.Unhealthy
            : before.Observed;
        var changes = Recent(before.Changes, now, before.Observed, observed);
        var isFlapping = changes.Count > MostChanges;
        var status = isFlapping ? before.Status : observed;
        return new HealthState
        {
            Status = status,
            IsFlapping = isFlapping,
            Observed = observed,
            ConsecutiveFailures = failures,
            ChangedAt = status == before.Status ? before.ChangedAt : result.At,
            Last = result,
            Changes = changes,
        };
    }

    /// <summary>The first verdict about a service is no change.</summary>
    private static IReadOnlyList<long> Recent(IReadOnlyList<long> changes, long now, HealthStatus before, HealthStatus after)
    {
        var isChange = before != after && before != HealthStatus.Unknown;
        var oldest = now - FlapWindow.Ticks;
        if (!isChange && (changes.Count == 0 || changes[0] > oldest))
        {
            return changes;
        }

        var recent = new List<long>(MostChanges + 1);
        foreach (var change in changes)
        {
            if (change > oldest)
            {
                recent.Add(change);
            }
        }

        if (isChange)
        {
            recent.Add(now);
            if (recent.Count > MostChanges + 1)
            {
                // One above the limit says all there is to say, and bounds the list.
                recent.RemoveAt(0);
            }
        }

        return recent;
    }
}
