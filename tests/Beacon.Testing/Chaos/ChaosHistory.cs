namespace Beacon.Testing.Chaos;

/// <summary>What happened, from the clients' side. Any thread.</summary>
public sealed class ChaosHistory
{
    private readonly Lock _gate = new();
    private readonly List<ChaosRecord> _records = [];
    private readonly List<ChaosLeaseEnd> _leaseEnds = [];
    private readonly List<ChaosKill> _kills = [];

    public IReadOnlyList<ChaosRecord> Records => Copy(_records);

    public IReadOnlyList<ChaosLeaseEnd> LeaseEnds => Copy(_leaseEnds);

    public IReadOnlyList<ChaosKill> Kills => Copy(_kills);

    public void Add(ChaosRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
        }
    }

    public void Add(ChaosLeaseEnd end)
    {
        lock (_gate)
        {
            _leaseEnds.Add(end);
        }
    }

    public void Add(ChaosKill kill)
    {
        lock (_gate)
        {
            _kills.Add(kill);
        }
    }

    private List<T> Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
