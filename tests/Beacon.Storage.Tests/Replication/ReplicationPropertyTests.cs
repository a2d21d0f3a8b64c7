using Beacon.Registry.Services;
using Beacon.Storage.Replication;
using Beacon.Storage.Tests.Support;
using Beacon.Testing;

namespace Beacon.Storage.Tests.Replication;

/// <summary>
/// Random lives of a few services while the database fails, loses answers, hangs, takes writes late, is emptied and restored, and Beacon is
/// killed: what was answered is in the spool at every moment, and in the end all sides are equal.
/// </summary>
public sealed class ReplicationPropertyTests
{
    private const int Steps = 400;
    private const int Names = 8;

    public static TheoryData<int> Runs => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Seeds.Next(static _ => { })];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task What_was_answered_is_never_lost_and_in_the_end_both_sides_are_equal(int seed)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{Seeds.Variable}={seed}");
        var random = new Random(seed);
        using var rig = new ReplicationRig();
        var model = new Dictionary<ServiceId, ServiceView>();
        var restore = rig.Shared.Backup();
        await rig.OpenAsync();
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(6) == 0)
            {
                Disturb(rig.Shared, random);
            }

            if (random.Next(60) == 0)
            {
                restore();
            }

            if (random.Next(60) == 0)
            {
                restore = rig.Shared.Backup();
            }

            if (random.Next(40) == 0)
            {
                await rig.OpenAsync();
            }

            await rig.ApplyAsync([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Change(model, random, step)).OfType<ServiceWrite>()]);
            await rig.AssertSpoolHoldsAsync([.. model.Values]);
            rig.Pass(TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(20_000) : random.Next(400)));
        }

        rig.Shared.Failure = rig.Shared.FailureAfterwards = null;
        rig.Shared.IsHanging = false;
        rig.Shared.ArriveLate();
        rig.Pass(TimeSpan.FromMinutes(3));
        rig.AssertDatabaseHolds([.. model.Values]);
        await rig.AssertSpoolHoldsAsync([.. model.Values]);
        Assert.Equal(ReplicationState.Healthy, rig.Store.Status.State);
        Assert.Equal(0, rig.Store.Status.Spooled);
        Assert.Empty(rig.Offered);
        Assert.Contains(ReplicationState.Down, rig.States);
    }

    private static void Disturb(ScriptedSharedStore shared, Random random)
    {
        shared.Failure = shared.FailureAfterwards = null;
        shared.IsHanging = false;
        switch (random.Next(6))
        {
            case 0:
                shared.Failure = new IOException("away");
                break;
            case 1:
                shared.FailureAfterwards = new IOException("cut");
                break;
            case 2:
                shared.IsHanging = true;
                break;
            case 3:
                shared.ArriveLate();
                break;
            default:
                break;
        }
    }

    private static ServiceWrite? Change(Dictionary<ServiceId, ServiceView> model, Random random, int step)
    {
        var port = random.Next(1, Names);
        var known = model.Values.Where(x => x.Instance.Port == port).Select(x => (ServiceView?)x).FirstOrDefault();
        if (known is not { } service)
        {
            var fresh = Samples.Service("s", port).WithLease(step);
            model[fresh.Id] = fresh;
            return Writes.Put(fresh);
        }

        if (random.Next(4) == 0)
        {
            model.Remove(service.Id);
            return Writes.Remove(service.Id);
        }

        var renewed = service.WithLease(step);
        if (random.Next(2) == 0)
        {
            model[service.Id] = renewed;
            return Writes.Lease(renewed);
        }

        renewed = renewed with { Instance = renewed.Instance with { Tags = [$"{step}"] } };
        model[service.Id] = renewed;
        return Writes.Put(renewed);
    }
}
