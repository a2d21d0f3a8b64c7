using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

public sealed class WriteThroughRenewalTests : IDisposable
{
    private readonly WriteThroughRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [BoundedFact]
    public async Task Heartbeats_reach_the_store_once_a_second_at_most_and_lease_only()
    {
        const int Seconds = 20;
        var ids = Enumerable.Range(0, 3).Select(number => _rig.Register($"s{number}").Service.Id).ToArray();
        _rig.Settle();
        _rig.Store.Committed.Clear();

        var written = new List<TimeSpan>();
        for (var tenths = 0; tenths < Seconds * 10; tenths++)
        {
            foreach (var id in ids)
            {
                _rig.Registry.Renew(id, null, out _);
            }

            var before = _rig.Store.Committed.Count;
            _rig.Pass(TimeSpan.FromMilliseconds(100));
            written.AddRange(Enumerable.Repeat(TimeSpan.FromMilliseconds(tenths * 100), _rig.Store.Committed.Count - before));
        }

        Assert.InRange(written.Count, Seconds - 3, Seconds);
        Assert.All(_rig.Store.Committed, batch => Assert.Equal(ids.Length, batch.Count));
        Assert.All(_rig.Store.Committed.SelectMany(batch => batch), write => Assert.True(write.LeaseOnly));
        for (var next = 1; next < written.Count; next++)
        {
            Assert.True(written[next] - written[next - 1] >= TimeSpan.FromSeconds(1), $"{written[next - 1]} then {written[next]}");
        }

        _rig.Pass(TimeSpan.FromSeconds(2));
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
        _rig.Pass(TimeSpan.FromMilliseconds(900));
        Assert.Equal(StoreState.Healthy, _rig.Queue.Status.State);
        Assert.Equal(TimeSpan.Zero, _rig.Queue.Status.Behind);
    }
}
