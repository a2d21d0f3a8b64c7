namespace Beacon.Testing.Chaos;

/// <summary>Many clients at a fixed pace, whatever the answers; each household asks for one thing at a time.</summary>
internal sealed class ChaosDriver(ChaosClient client, ChaosHistory history, int seed)
{
    /// <summary>Short leases and long ones: nine in ten are never to end during a run.</summary>
    private const int LongTtl = 3600;
    private const int ShortTtl = 10;
    private const int ForgetfulEvery = 10;
    private const int ShortEvery = 4;
    private const double LeastForgotten = 4;
    private const double MostForgotten = 14;

    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private int _stamp;

    public IReadOnlyList<ChaosHousehold> Households { get; private set; } = [];

    /// <summary>Requests that were due while every household waited for an answer.</summary>
    public int Skipped { get; private set; }

    /// <returns>After the last answer.</returns>
    public async Task RunAsync(int perSecond, TimeSpan length, int households)
    {
        Households = [.. Enumerable.Range(0, households).Select(x => new ChaosHousehold(x, x % ForgetfulEvery == 0 || x % ShortEvery == 1 ? ShortTtl : LongTtl, x % ForgetfulEvery == 0))];
        var started = TimeProvider.System.GetTimestamp();
        var running = new List<Task>();
        for (var sent = 0; TimeProvider.System.GetElapsedTime(started) < length;)
        {
            for (var due = (int)(TimeProvider.System.GetElapsedTime(started).TotalSeconds * perSecond); sent < due; sent++)
            {
                if (Choose() is { } household)
                {
                    running.Add(AskAsync(household));
                }
                else
                {
                    Skipped++;
                }
            }

            running.RemoveAll(x => x.IsCompletedSuccessfully);
            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }

        await Task.WhenAll(running);
    }

    public int NextStamp() => Interlocked.Increment(ref _stamp);

    private ChaosHousehold? Choose()
    {
        const int MostAttempts = 50;
        var now = DateTimeOffset.UtcNow;
        lock (_gate)
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var household = Households[_random.Next(Households.Count)];
                if (!household.IsBusy && household.NotBefore <= now)
                {
                    household.IsBusy = true;
                    return household;
                }
            }
        }

        return null;
    }

    private async Task AskAsync(ChaosHousehold household)
    {
        var record = await Draw(household);
        history.Add(record);
        lock (_gate)
        {
            Learn(household, record);
            household.IsBusy = false;
            household.NotBefore = household.IsForgetful
                ? record.AnsweredAt.AddSeconds(LeastForgotten + (_random.NextDouble() * (MostForgotten - LeastForgotten)))
                : default;
        }
    }

    private Task<ChaosRecord> Draw(ChaosHousehold household)
    {
        int dice, pick;
        lock (_gate)
        {
            dice = _random.Next(100);
            pick = _random.Next(1000);
        }

        var free = household.FreeNames;
        if (household.NameOf.Count == 0 || (household.NameOf.Count < ChaosHousehold.MostServices && dice < 20))
        {
            return client.RegisterAsync(household, free[pick % free.Count], NextStamp());
        }

        var (id, name) = household.NameOf.ElementAt(pick % household.NameOf.Count);
        return dice switch
        {
            < 60 => client.HeartbeatAsync(household, id),
            < 72 => client.UpdateAsync(household, id, name, NextStamp()),
            < 82 => client.UpdateAsync(household, id, free[pick % free.Count], NextStamp()),
            < 90 => client.RegisterAsync(household, name, NextStamp()),
            _ => client.DeleteAsync(household, id),
        };
    }

    private static void Learn(ChaosHousehold household, ChaosRecord record)
    {
        switch (record.Operation, record.Outcome)
        {
            case (ChaosOperation.Register or ChaosOperation.Update, ChaosOutcome.Acknowledged):
                foreach (var other in household.NameOf.Where(x => x.Value == record.Name && x.Key != record.Id).Select(x => x.Key).ToList())
                {
                    household.NameOf.Remove(other);
                }

                household.NameOf[record.Id] = record.Name;
                break;
            case (ChaosOperation.Delete, ChaosOutcome.Acknowledged):
            case (_, ChaosOutcome.NotFound):
                household.NameOf.Remove(record.Id);
                break;
            default:
                break;
        }

        // An answer of an earlier registration may bring back a third one.
        while (household.NameOf.Count > ChaosHousehold.MostServices)
        {
            household.NameOf.Remove(household.NameOf.Keys.First());
        }
    }
}
