namespace Beacon.Storage.Tests;

public sealed class RetryPolicyTests
{
    private readonly RetryPolicy _policy = new();

    [Fact]
    public void The_delay_doubles_up_to_its_limit()
    {
        double[] expected = [50, 100, 200, 400, 800, 1000, 1000];
        Assert.Equal(expected, Enumerable.Range(1, expected.Length).Select(failures => _policy.Delay(failures, 0).TotalMilliseconds));
    }

    [Fact]
    public void An_outage_of_a_year_does_not_overflow() => Assert.Equal(_policy.Most, _policy.Delay(int.MaxValue, 0));

    [Fact]
    public void Chance_only_shortens_the_delay_and_by_a_fifth_at_most()
    {
        Assert.Equal(40, _policy.Delay(1, 1).TotalMilliseconds, tolerance: 0.001);
        Assert.Equal(45, _policy.Delay(1, 0.5).TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void A_waiting_client_sees_at_least_one_attempt() => Assert.True(_policy.Most < StorageLimits.WaitLimit);
}
