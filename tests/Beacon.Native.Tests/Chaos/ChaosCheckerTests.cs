using Beacon.Testing.Chaos;

namespace Beacon.Native.Tests.Chaos;

/// <summary>A checker that always agrees proves nothing: each promise kept, and each broken in the ways there are.</summary>
public class ChaosCheckerTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly ChaosHistory _history = new();
    private readonly List<ChaosService> _there = [];
    private int _now;

    [Fact]
    public void What_was_acknowledged_and_is_there_is_well()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "b", 2);
        Ask(ChaosOperation.Register, "y", "a", 3);
        Ask(ChaosOperation.Delete, "y", "a");
        There("x", "b", 2);
        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void A_registration_that_is_not_there_is_lost()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Fact]
    public void An_update_that_is_not_there_is_lost()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "a", 2);
        There("x", "a", 1);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Fact]
    public void A_new_name_that_is_not_there_is_lost()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "b", 2);
        There("x", "a", 2);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void An_update_without_an_answer_may_be_there_or_not(int stamp)
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "a", 2, ChaosOutcome.Unknown);
        There("x", "a", stamp);
        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void An_update_without_an_answer_is_settled_by_the_next_that_has_one()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "a", 2, ChaosOutcome.Unknown);
        Ask(ChaosOperation.Update, "x", "a", 3);
        There("x", "a", 2);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Fact]
    public void An_update_that_was_given_up_may_still_come_after_later_ones()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "a", 2, ChaosOutcome.Pending);
        Ask(ChaosOperation.Update, "x", "a", 3);
        There("x", "a", 2);
        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void A_refused_update_must_not_be_there()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Update, "x", "b", 2, ChaosOutcome.Refused);
        There("x", "b", 2);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Theory]
    [InlineData(0.05, true)]
    [InlineData(-0.05, true)]
    [InlineData(-0.2, false)]
    public void A_request_that_was_refused_may_have_been_taken_before_if_Beacon_was_killed_meanwhile(double killedAfter, bool mayBeTaken)
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        _history.Add(new ChaosKill(Start.AddSeconds(_now + killedAfter), Start.AddSeconds(_now + killedAfter + 0.1)));
        Ask(ChaosOperation.Delete, "x", "a", outcome: ChaosOutcome.Refused);
        Ask(ChaosOperation.Heartbeat, "x", "a", outcome: ChaosOutcome.NotFound);
        Assert.Equal(mayBeTaken ? 0 : 1, Judge().Count(ChaosFindingKind.Lost));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_registration_without_an_answer_may_be_there_or_not(bool isThere)
    {
        Ask(ChaosOperation.Register, "", "a", 1, ChaosOutcome.Unknown);
        if (isThere)
        {
            There("unknown id", "a", 1);
        }

        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void A_registration_without_an_answer_may_have_been_merged_into_the_service_of_that_name()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Register, "", "a", 2, ChaosOutcome.Unknown);
        There("x", "a", 2);
        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void A_service_that_nobody_asked_for_is_unexplained()
    {
        There("x", "a", 1);
        Assert.Equal(ChaosFindingKind.Unexplained, Only());
    }

    [Fact]
    public void A_removed_service_that_is_there_is_resurrected()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Delete, "x", "a");
        There("x", "a", 1);
        Assert.Equal(ChaosFindingKind.Resurrected, Only());
    }

    [Fact]
    public void A_removed_service_that_takes_a_heartbeat_is_resurrected()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Delete, "x", "a");
        Ask(ChaosOperation.Heartbeat, "x", "a");
        Assert.Equal(ChaosFindingKind.Resurrected, Only());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_removal_without_an_answer_may_have_happened_or_not(bool isThere)
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Delete, "x", "a", outcome: ChaosOutcome.Unknown);
        if (isThere)
        {
            There("x", "a", 1);
        }

        Assert.Empty(Judge().Findings);
    }

    [Fact]
    public void A_service_that_is_not_found_although_nobody_removed_it_is_lost_even_if_it_comes_back()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Heartbeat, "x", "a", outcome: ChaosOutcome.NotFound);
        There("x", "a", 1);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Fact]
    public void A_name_that_is_given_to_another_service_means_that_its_holder_is_lost()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Register, "y", "a", 2);
        There("y", "a", 2);
        Assert.Equal(ChaosFindingKind.Lost, Only());
    }

    [Fact]
    public void A_service_may_be_gone_once_its_lease_is_over()
    {
        Ask(ChaosOperation.Register, "x", "a", 1, ttl: 10);
        _now += 20;
        Assert.Empty(Judge().Findings);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(12, false)]
    public void A_lease_must_last_as_long_as_was_promised(int endedAfter, bool isEarly)
    {
        Ask(ChaosOperation.Register, "x", "a", 1, ttl: 10);
        _history.Add(new ChaosLeaseEnd("x", Start.AddSeconds(endedAfter)));
        _now += 20;
        There("x", "a", 1, "expired");
        Assert.Equal(isEarly ? 1 : 0, Judge().Count(ChaosFindingKind.EndedEarly));
    }

    [Fact]
    public void A_heartbeat_prolongs_what_was_promised()
    {
        Ask(ChaosOperation.Register, "x", "a", 1, ttl: 10);
        _now += 5;
        Ask(ChaosOperation.Heartbeat, "x", "a", ttl: 10);
        _history.Add(new ChaosLeaseEnd("x", Start.AddSeconds(12)));
        _now += 20;
        There("x", "a", 1, "expired");
        Assert.Equal(ChaosFindingKind.EndedEarly, Only());
    }

    [Fact]
    public void A_service_that_shows_as_expired_before_its_time_ended_early()
    {
        Ask(ChaosOperation.Register, "x", "a", 1, ttl: 3600);
        There("x", "a", 1, "expired");
        Assert.Equal(ChaosFindingKind.EndedEarly, Only());
    }

    [Fact]
    public void Two_services_of_one_name_are_one_too_many()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Register, "", "a", 2, ChaosOutcome.Unknown);
        There("x", "a", 1);
        There("unknown id", "a", 2);
        Assert.Equal(ChaosFindingKind.Twice, Only());
    }

    [Fact]
    public void A_database_that_shows_something_else_is_unequal()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        There("x", "a", 1);
        List<ChaosService> renewed = [_there[0] with { ExpiresAt = Start.AddDays(1) }];
        Assert.Equal(ChaosFindingKind.Unequal, Assert.Single(Judge(database: renewed, readBack: renewed).Findings).Kind);
        Assert.Equal(ChaosFindingKind.Unequal, Assert.Single(Judge(database: [], readBack: []).Findings).Kind);
        Assert.Equal(ChaosFindingKind.Unequal, Assert.Single(Judge(readBack: []).Findings).Kind);
    }

    [Theory]
    [InlineData(10, 9, true)]
    [InlineData(10, 11, false)]
    [InlineData(3600, 299, true)]
    [InlineData(3600, 301, false)]
    public void A_lease_may_last_longer_than_the_database_knows_by_the_grace_after_a_start(int ttl, int lastsUntil, bool isGrace)
    {
        Ask(ChaosOperation.Register, "x", "a", 1, ttl: ttl);
        _there.Add(new ChaosService("x", 0, "a", 1, "active", ttl, Start.AddSeconds(lastsUntil)));
        List<ChaosService> kept = [_there[0] with { ExpiresAt = Start.AddSeconds(5) }];
        Assert.Equal(isGrace ? 0 : 1, Judge(database: kept).Count(ChaosFindingKind.Unequal));
    }

    [Fact]
    public void A_removed_service_in_the_database_alone_is_resurrected()
    {
        Ask(ChaosOperation.Register, "x", "a", 1);
        Ask(ChaosOperation.Delete, "x", "a");
        List<ChaosService> ghost = [new("x", 0, "a", 1, "active", 3600, Start)];
        Assert.Equal(ChaosFindingKind.Resurrected, Assert.Single(Judge(database: ghost, readBack: ghost).Findings).Kind);
    }

    private void Ask(ChaosOperation operation, string id, string name, int stamp = 0, ChaosOutcome outcome = ChaosOutcome.Acknowledged, int ttl = 3600)
    {
        var renews = operation is ChaosOperation.Register or ChaosOperation.Heartbeat;
        _history.Add(new ChaosRecord(0, operation, outcome, id, name, stamp, renews ? ttl : 0, Start.AddSeconds(_now), Start.AddSeconds(_now + 0.1)));
        _now++;
    }

    private void There(string id, string name, int stamp, string status = "active") => _there.Add(new ChaosService(id, 0, name, stamp, status, 3600, Start.AddHours(1)));

    private ChaosVerdict Judge(IReadOnlyList<ChaosService>? database = null, IReadOnlyList<ChaosService>? readBack = null) =>
        ChaosChecker.Judge(_history, new ChaosObservation(Start.AddSeconds(_now), Start, _there, database ?? _there, readBack ?? database ?? _there));

    private ChaosFindingKind Only() => Assert.Single(Judge().Findings).Kind;
}
