using System.Globalization;

namespace Beacon.Testing.Chaos;

/// <summary>
/// Holds what all sides show against what clients were promised. A request without an answer may have taken effect or not; everything else
/// must be there, and nothing else may.
/// </summary>
public sealed class ChaosChecker
{
    /// <summary>Wall clocks are set in small steps, and what Beacon tells has milliseconds.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, ChaosLife> _lives = [];
    private readonly Dictionary<int, HashSet<string>> _households = [];
    private readonly Dictionary<int, HashSet<(string Name, int Stamp)>> _unborn = [];
    private readonly List<ChaosFinding> _findings = [];
    private readonly ChaosHistory _history;

    private ChaosChecker(ChaosHistory history) => _history = history;

    public static ChaosVerdict Judge(ChaosHistory history, ChaosObservation seen)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(seen);
        return new ChaosChecker(history).Run(seen);
    }

    private ChaosVerdict Run(ChaosObservation seen)
    {
        var records = _history.Records;
        foreach (var record in records)
        {
            Follow(record);
        }

        JudgeRegistry(seen);
        JudgeOther("the database", seen.Registry, seen.Database, (ours, kept) => ours.IsKeptAs(kept, seen.StartedAt));
        JudgeOther("a Beacon that reads the database alone", seen.Database, seen.ReadBack, static (kept, read) => kept == read);
        var ends = _history.LeaseEnds;
        foreach (var end in ends)
        {
            JudgeEnd(end);
        }

        return new ChaosVerdict(
            _findings,
            records.CountBy(x => x.Outcome).ToDictionary(),
            _lives.Values.Count(x => x.IsDeleted),
            ends.Count);
    }

    private void Follow(ChaosRecord record)
    {
        switch (record.Outcome)
        {
            case ChaosOutcome.Acknowledged:
                Promise(record);
                break;
            case ChaosOutcome.NotFound:
                NotFound(record);
                break;
            case ChaosOutcome.Unknown or ChaosOutcome.Unavailable or ChaosOutcome.Pending:
                Doubt(record, record.Outcome == ChaosOutcome.Pending);
                break;
            case ChaosOutcome.Refused when MayBeRepeated(record):
                Doubt(record, forGood: false);
                break;
        }
    }

    private void Promise(ChaosRecord record)
    {
        var life = LifeOf(record);
        if (life.IsDeleted && record.Operation != ChaosOperation.Delete)
        {
            Find(ChaosFindingKind.Resurrected, record.Id, $"{record.Operation} was answered at {Text(record.AnsweredAt)} for a service that had been removed");
            return;
        }

        switch (record.Operation)
        {
            case ChaosOperation.Register:
                RequireFree(record);
                life.Is(record.Name, record.Stamp);
                break;
            case ChaosOperation.Update:
                life.Is(record.Name, record.Stamp);
                break;
            case ChaosOperation.Heartbeat:
                life.Lives();
                break;
            default:
                life.Delete();
                return;
        }

        if (record.Ttl > 0)
        {
            life.Renewals.Add(record);
        }
    }

    /// <summary>A name has one service. Whoever surely had it is gone now, and nobody had asked for that.</summary>
    private void RequireFree(ChaosRecord record)
    {
        foreach (var (other, life) in Neighbours(record))
        {
            if (other != record.Id && !life.MayBeAbsent && life.Possible.All(x => x.Name == record.Name)
                && life.PromisedUntil(record.SentAt) > record.AnsweredAt)
            {
                Find(ChaosFindingKind.Lost, other, $"its name {record.Name} was given to {record.Id} at {Text(record.AnsweredAt)}");
                life.MayVanish(forGood: true);
            }
        }
    }

    private void NotFound(ChaosRecord record)
    {
        var life = LifeOf(record);
        if (!life.MayBeAbsent && !(record.Operation == ChaosOperation.Delete && MayBeRepeated(record)) && life.PromisedUntil(record.SentAt) > record.AnsweredAt)
        {
            Find(ChaosFindingKind.Lost, record.Id, $"{record.Operation} found no such service at {Text(record.AnsweredAt)}");
        }

        life.MayVanish(forGood: false);
    }

    /// <summary>
    /// A client repeats by itself a request of which it lost the connection: what the second attempt was told says nothing about the first.
    /// </summary>
    private bool MayBeRepeated(ChaosRecord record) => _history.Kills.Any(x => x.Until >= record.SentAt && x.From <= record.AnsweredAt);

    private void Doubt(ChaosRecord record, bool forGood)
    {
        switch (record.Operation)
        {
            case ChaosOperation.Register:
                if (!_unborn.TryGetValue(record.Household, out var unborn))
                {
                    _unborn[record.Household] = unborn = [];
                }

                unborn.Add((record.Name, record.Stamp));
                foreach (var (_, other) in Neighbours(record))
                {
                    // It may have been merged into the one that has the name.
                    if (other.Possible.Any(x => x.Name == record.Name))
                    {
                        other.MayBe(record.Name, record.Stamp, forGood);
                    }
                }

                break;
            case ChaosOperation.Update:
                LifeOf(record).MayBe(record.Name, record.Stamp, forGood);
                break;
            case ChaosOperation.Delete:
                LifeOf(record).MayVanish(forGood);
                break;
        }
    }

    private void JudgeRegistry(ChaosObservation seen)
    {
        var there = seen.Registry.ToDictionary(x => x.Id);
        foreach (var (id, life) in _lives)
        {
            var promised = life.PromisedUntil(seen.At);
            if (!there.TryGetValue(id, out var service))
            {
                if (!life.MayBeAbsent && promised > seen.At)
                {
                    Find(ChaosFindingKind.Lost, id, "it is not registered in the end");
                }
            }
            else if (life.IsDeleted)
            {
                Find(ChaosFindingKind.Resurrected, id, $"{service.Name} is registered in the end, after its removal was acknowledged");
            }
            else if (!life.Allows(service.Name, service.Stamp))
            {
                Find(ChaosFindingKind.Lost, id, $"it ends as {service.Name} with content {service.Stamp}, expected {string.Join(" or ", life.Possible.Select(x => $"{x.Name}/{x.Stamp}"))}");
            }
            else if (service.Status == "expired" && promised > seen.At)
            {
                Find(ChaosFindingKind.EndedEarly, id, $"it is expired at {Text(seen.At)}, promised until {Text(promised)}");
            }
        }

        foreach (var service in seen.Registry.Where(x => !_lives.ContainsKey(x.Id)))
        {
            if (!_unborn.TryGetValue(service.Household, out var unborn) || !unborn.Contains((service.Name, service.Stamp)))
            {
                Find(ChaosFindingKind.Unexplained, service.Id, $"{service.Name} with content {service.Stamp} is registered, and nobody asked for it");
            }
        }

        foreach (var twice in seen.Registry.GroupBy(x => x.Name).Where(x => x.Count() > 1))
        {
            Find(ChaosFindingKind.Twice, twice.First().Id, $"{twice.Key} is registered {twice.Count()} times");
        }
    }

    private void JudgeOther(string who, IReadOnlyList<ChaosService> reference, IReadOnlyList<ChaosService> other, Func<ChaosService, ChaosService, bool> areSame)
    {
        var there = other.ToDictionary(x => x.Id);
        foreach (var service in reference)
        {
            if (!there.Remove(service.Id, out var same))
            {
                Find(ChaosFindingKind.Unequal, service.Id, $"{who} has no {service.Name}");
            }
            else if (!areSame(service, same))
            {
                Find(ChaosFindingKind.Unequal, service.Id, $"{who} has {same} instead of {service}");
            }
        }

        foreach (var service in there.Values)
        {
            Find(
                _lives.TryGetValue(service.Id, out var life) && life.IsDeleted ? ChaosFindingKind.Resurrected : ChaosFindingKind.Unequal,
                service.Id,
                $"{who} has {service.Name}, which the other side has not");
        }
    }

    private void JudgeEnd(ChaosLeaseEnd end)
    {
        if (_lives.TryGetValue(end.Id, out var life) && life.PromisedUntil(end.At) is var promised && promised > end.At + Tolerance)
        {
            Find(ChaosFindingKind.EndedEarly, end.Id, $"it expired at {Text(end.At)}, promised until {Text(promised)}");
        }
    }

    private IEnumerable<(string Id, ChaosLife Life)> Neighbours(ChaosRecord record) =>
        _households.TryGetValue(record.Household, out var ids) ? ids.Select(x => (x, _lives[x])) : [];

    private ChaosLife LifeOf(ChaosRecord record)
    {
        if (!_lives.TryGetValue(record.Id, out var life))
        {
            _lives[record.Id] = life = new ChaosLife();
            if (!_households.TryGetValue(record.Household, out var ids))
            {
                _households[record.Household] = ids = [];
            }

            ids.Add(record.Id);
        }

        return life;
    }

    private void Find(ChaosFindingKind kind, string id, string what) => _findings.Add(new ChaosFinding(kind, id, $"service {id}: {what}"));

    private static string Text(DateTimeOffset at) => at.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
