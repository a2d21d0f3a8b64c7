namespace Beacon.Features.Health.Scheduling;

/// <summary>Whose turn it is: those somebody asked for, then those due longest.</summary>
internal sealed class QueueOrder : IComparer<CheckedService>
{
    public static QueueOrder Instance { get; } = new();

    public int Compare(CheckedService? x, CheckedService? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        }

        if (x.IsAskedFor != y.IsAskedFor)
        {
            return x.IsAskedFor ? -1 : 1;
        }

        return x.ReadyAt != y.ReadyAt ? x.ReadyAt.CompareTo(y.ReadyAt) : x.Order.CompareTo(y.Order);
    }
}
