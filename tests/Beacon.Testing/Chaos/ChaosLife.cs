namespace Beacon.Testing.Chaos;

/// <summary>All that may be true of one service, given what its clients know.</summary>
internal sealed class ChaosLife
{
    private readonly HashSet<(string Name, int Stamp)> _pending = [];
    private bool _mayVanishLater;

    /// <summary>Names and contents of which one must be there, if it is there.</summary>
    public HashSet<(string Name, int Stamp)> Possible { get; } = [];

    public bool MayBeAbsent { get; private set; }

    public bool IsDeleted { get; private set; }

    /// <summary>Acknowledged renewals.</summary>
    public List<ChaosRecord> Renewals { get; } = [];

    /// <summary>By renewals answered before that. A lease runs from some moment after its request was sent.</summary>
    public DateTimeOffset PromisedUntil(DateTimeOffset at) =>
        Renewals.Where(x => x.AnsweredAt <= at).Select(x => x.SentAt.AddSeconds(x.Ttl)).DefaultIfEmpty(DateTimeOffset.MinValue).Max();

    public bool Allows(string name, int stamp) => Possible.Contains((name, stamp)) || _pending.Contains((name, stamp));

    /// <summary>It was seen in that form, or promised to have it.</summary>
    public void Is(string name, int stamp)
    {
        Possible.Clear();
        Possible.Add((name, stamp));
        Lives();
    }

    public void Lives() => MayBeAbsent = _mayVanishLater;

    public void MayBe(string name, int stamp, bool forGood)
    {
        Possible.Add((name, stamp));
        if (forGood)
        {
            _pending.Add((name, stamp));
        }
    }

    public void MayVanish(bool forGood)
    {
        MayBeAbsent = true;
        _mayVanishLater |= forGood;
    }

    public void Delete()
    {
        IsDeleted = true;
        MayBeAbsent = true;
        Possible.Clear();
    }
}
