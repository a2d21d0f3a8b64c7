using Beacon.Registry.Services;

namespace Beacon.Registry.Tests;

/// <summary>What becomes of leases when Beacon itself was away.</summary>
public sealed class RestartTests
{
    private readonly RegistryRig _before = new();

    [Fact]
    public void A_lease_that_still_runs_keeps_its_end()
    {
        var view = _before.Add("lamp", ttl: 600);

        var after = Restart(TimeSpan.FromSeconds(100));

        Assert.Equal(view.Lease, after.Get(view.Id).Lease);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(300, 300)]
    [InlineData(7200, 300)]
    public void A_lease_that_ran_out_while_Beacon_was_away_gets_one_grace(int ttl, int grace)
    {
        var view = _before.Add("lamp", ttl);

        var after = Restart(TimeSpan.FromSeconds(ttl + 1000));

        Assert.Equal(ServiceStatus.Active, after.Get(view.Id).Status);
        after.Pass(TimeSpan.FromSeconds(grace - 1));
        Assert.Equal(ServiceStatus.Active, after.Get(view.Id).Status);
        after.Pass(TimeSpan.FromSeconds(1.25));
        Assert.Equal(ServiceStatus.Expired, after.Get(view.Id).Status);
    }

    /// <summary>
    /// A heartbeat is answered up to a second before it is stored: the end that the store knows may be that of the one before. And the
    /// client's next one may have met a closed door.
    /// </summary>
    [Theory]
    [InlineData(60, 59, 60)]
    [InlineData(60, 1, 60)]
    [InlineData(7200, 7190, 300)]
    public void A_lease_that_would_end_soon_after_the_start_gets_the_same_grace(int ttl, int away, int grace)
    {
        var view = _before.Add("lamp", ttl);

        var after = Restart(TimeSpan.FromSeconds(away));

        after.Pass(TimeSpan.FromSeconds(grace - 1));
        Assert.Equal(ServiceStatus.Active, after.Get(view.Id).Status);
        after.Pass(TimeSpan.FromSeconds(1.25));
        Assert.Equal(ServiceStatus.Expired, after.Get(view.Id).Status);
    }

    [Fact]
    public void A_service_that_had_expired_before_stays_expired()
    {
        var view = _before.Add("lamp", ttl: 10);
        _before.Pass(TimeSpan.FromSeconds(11));

        var after = Restart(TimeSpan.FromSeconds(5));

        Assert.Equal(ServiceStatus.Expired, after.Get(view.Id).Status);
        after.Registry.CleanUp(TimeSpan.Zero, out var removed);
        Assert.Equal(1, removed);
    }

    [Fact]
    public void A_wall_clock_that_stands_in_the_past_makes_no_lease_longer_than_it_was()
    {
        var view = _before.Add("lamp", ttl: 60);

        var after = Restart(TimeSpan.FromDays(-300));

        after.Pass(TimeSpan.FromSeconds(60.25));
        Assert.Equal(ServiceStatus.Expired, after.Get(view.Id).Status);
    }

    [Fact]
    public void Loading_tells_nobody_and_passes_over_a_second_record_of_the_same_service()
    {
        var view = _before.Add("lamp");
        var after = new RegistryRig();

        var taken = after.Registry.Load([view, view with { Instance = view.Instance with { Id = ServiceId.New() } }]);

        Assert.Equal(1, taken);
        Assert.Empty(after.Told());
        Assert.Equal(view.Id, Assert.Single(after.Registry.Snapshot()).Id);
    }

    private RegistryRig Restart(TimeSpan away)
    {
        var after = new RegistryRig();
        after.Clock.Advance(_before.Clock.Elapsed);
        after.Clock.StepWallClock(away);
        after.Registry.Advance();
        after.Registry.Load(_before.Registry.Snapshot());
        return after;
    }
}
