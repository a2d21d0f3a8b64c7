using Beacon.Registry.Health;

namespace Beacon.Registry.Tests.Health;

/// <summary>From results to what is believed, step by step.</summary>
public sealed class HealthJudgeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private HealthState _state = HealthState.Unchecked;
    private TimeSpan _now;

    [Fact]
    public void One_success_is_enough_for_healthy()
    {
        Check(passes: true);

        Assert.Equal(HealthStatus.Healthy, _state.Status);
        Assert.Equal(Start + _now, _state.ChangedAt);
    }

    [Fact]
    public void Too_few_failures_in_a_row_change_nothing()
    {
        Check(passes: true);
        Check(passes: false);
        Check(passes: false);

        Assert.Equal(HealthStatus.Healthy, _state.Status);
        Assert.Equal(2, _state.ConsecutiveFailures);
    }

    [Fact]
    public void A_success_in_between_begins_the_count_anew()
    {
        Check(passes: true);
        Check(passes: false);
        Check(passes: false);
        Check(passes: true);
        Check(passes: false);
        Check(passes: false);

        Assert.Equal(HealthStatus.Healthy, _state.Status);
    }

    [Fact]
    public void As_many_failures_as_allowed_make_it_unhealthy_and_say_when()
    {
        Check(passes: true);
        Check(passes: false);
        Check(passes: false);
        Check(passes: false);
        var since = Start + _now;
        Check(passes: false);

        Assert.Equal(HealthStatus.Unhealthy, _state.Status);
        Assert.Equal(since, _state.ChangedAt);
        Assert.Equal(4, _state.ConsecutiveFailures);
    }

    [Fact]
    public void A_service_that_never_answered_is_unknown_until_it_failed_often_enough()
    {
        Check(passes: false);
        Check(passes: false);
        Assert.Equal(HealthStatus.Unknown, _state.Status);

        Check(passes: false);
        Assert.Equal(HealthStatus.Unhealthy, _state.Status);
    }

    [Fact]
    public void B12_one_success_after_any_number_of_failures_is_recovery()
    {
        for (var i = 0; i < 1000; i++)
        {
            Check(passes: false);
        }

        Check(passes: true);

        Assert.Equal(HealthStatus.Healthy, _state.Status);
        Assert.Equal(0, _state.ConsecutiveFailures);
    }

    [Fact]
    public void Six_changes_within_ten_minutes_are_followed()
    {
        Change(times: HealthJudge.MostChanges);

        Assert.False(_state.IsFlapping);
        Assert.Equal(_state.Observed, _state.Status);
    }

    [Fact]
    public void The_seventh_change_within_ten_minutes_is_flapping_and_the_last_state_stays()
    {
        Change(times: HealthJudge.MostChanges);
        var stable = _state.Status;
        var since = _state.ChangedAt;

        Change(times: 1);

        Assert.True(_state.IsFlapping);
        Assert.Equal(stable, _state.Status);
        Assert.NotEqual(stable, _state.Observed);
        Assert.Equal(since, _state.ChangedAt);
    }

    [Fact]
    public void What_calmed_down_is_believed_again()
    {
        Change(times: HealthJudge.MostChanges + 3);
        Assert.True(_state.IsFlapping);
        var lastly = _state.Observed;

        for (var i = 0; i < 11; i++)
        {
            Check(passes: lastly == HealthStatus.Healthy, after: TimeSpan.FromMinutes(1));
        }

        Assert.False(_state.IsFlapping);
        Assert.Equal(lastly, _state.Status);
    }

    [Fact]
    public void Changes_further_apart_are_no_flapping_however_many_there_are()
    {
        for (var i = 0; i < 200; i++)
        {
            Check(passes: i % 2 == 0, retries: 1, after: TimeSpan.FromSeconds(101));
            Assert.False(_state.IsFlapping);
        }
    }

    [Fact]
    public void A_service_that_flaps_for_days_takes_no_more_memory()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Check(passes: i % 2 == 0, retries: 1, after: TimeSpan.FromSeconds(30));
        }

        Assert.True(_state.IsFlapping);
        Assert.InRange(_state.Changes.Count, 1, HealthJudge.MostChanges + 1);
    }

    private void Change(int times)
    {
        // The first verdict about a service is no change.
        var checks = times + (_state.Last is null ? 1 : 0);
        for (var i = 0; i < checks; i++)
        {
            Check(passes: _state.Observed != HealthStatus.Healthy, retries: 1);
        }
    }

    private void Check(bool passes, int retries = 3, TimeSpan? after = null)
    {
        _now += after ?? TimeSpan.FromSeconds(30);
        var result = new CheckResult(passes ? CheckOutcome.Healthy : CheckOutcome.Error, Start + _now, Error: passes ? null : "refused the connection");
        _state = HealthJudge.Next(_state, result, retries, _now.Ticks);
        Assert.Equal(result, _state.Last);
    }
}
