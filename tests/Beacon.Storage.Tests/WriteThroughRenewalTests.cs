using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class WriteThroughRenewalTests : IDisposable
{
    private readonly WriteThroughRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task Heartbeats_reach_the_store_twice_a_minute_at_most_and_lease_only()
    {
        const int Minutes = 5;
        var ids = Enumerable.Range(0, 3).Select(number => _rig.Register($"s{number}").Service.Id).ToArray();
        _rig.Settle();
        _rig.Store.Committed.Clear();

        var written = new List<TimeSpan>();
        for (var second = 0; second < Minutes * 60; second++)
        {
            foreach (var id in ids)
            {
                _rig.Registry.Renew(id, null, out _);
            }

            var before = _rig.Store.Committed.Count;
            _rig.Pass(TimeSpan.FromSeconds(1));
            written.AddRange(Enumerable.Repeat(TimeSpan.FromSeconds(second), _rig.Store.Committed.Count - before));
        }

        Assert.InRange(written.Count, (Minutes * 2) - 1, Minutes * 2);
        Assert.All(_rig.Store.Committed, batch => Assert.Equal(ids.Length, batch.Count));
        Assert.All(_rig.Store.Committed.SelectMany(batch => batch), write => Assert.True(write.LeaseOnly));
        for (var next = 1; next < written.Count; next++)
        {
            Assert.True(written[next] - written[next - 1] >= StorageLimits.RenewalInterval, $"{written[next - 1]} then {written[next]}");
        }

        _rig.Pass(StorageLimits.RenewalInterval + TimeSpan.FromSeconds(1));
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task Many_heartbeats_are_written_at_once_in_batches_that_let_a_registration_through()
    {
        var ids = Enumerable.Range(0, (2 * StorageLimits.RenewalBatch) + 10).Select(number => _rig.Register($"s{number}").Service.Id).ToArray();
        _rig.Settle();
        _rig.Store.Committed.Clear();
        foreach (var id in ids)
        {
            _rig.Registry.Renew(id, null, out _);
        }

        _rig.Register("late");
        _rig.Pass(TimeSpan.FromMilliseconds(200));
        Assert.Equal([StorageLimits.RenewalBatch + 1, StorageLimits.RenewalBatch], _rig.Store.Committed.Select(batch => batch.Count));
        Assert.Equal(10, _rig.Queue.Status.PendingChanges);

        _rig.Pass(StorageLimits.RenewalInterval + TimeSpan.FromSeconds(1));
        await _rig.AssertStoreIsLevelAsync();
    }

    [BoundedFact]
    public async Task A_registration_does_not_wait_for_heartbeats_that_are_held_back_nor_take_them_along()
    {
        var early = _rig.Register("early").Service.Id;
        _rig.Settle();
        _rig.Registry.Renew(early, null, out _);
        _rig.Pass(TimeSpan.FromMilliseconds(200));

        var stored = _rig.Stored(_rig.Register("late"));
        _rig.Settle();
        await stored;
        Assert.Equal("late", Assert.Single(_rig.Store.Committed[^1]).State!.Value.Instance.Name);
        Assert.Equal(1, _rig.Queue.Status.PendingChanges);
    }

    [Fact]
    public void Heartbeats_held_back_on_purpose_do_not_make_the_store_look_late()
    {
        var id = _rig.Register("one").Service.Id;
        _rig.Settle();
        _rig.Registry.Renew(id, null, out _);
        _rig.Pass(StorageLimits.RenewalInterval - TimeSpan.FromMilliseconds(100));
        Assert.Equal(StoreState.Healthy, _rig.Queue.Status.State);
        Assert.Equal(TimeSpan.Zero, _rig.Queue.Status.Behind);
    }
}
