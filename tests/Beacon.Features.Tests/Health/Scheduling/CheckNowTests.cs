using Beacon.Features.Health;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class CheckNowTests : IDisposable
{
    /// <summary>An answer that does not come fails the test instead of holding it up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MonitorRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task The_answer_is_the_result_of_a_check_made_now()
    {
        var service = _rig.Add("nas", interval: 3600);
        _rig.Pass(10);
        var asked = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
        _rig.Pass(0.2);
        Assert.Equal(CheckOutcome.Healthy, (await asked.WaitAsync(Patience, TestContext.Current.CancellationToken))!.Value.Outcome);
        Assert.Equal(2, _rig.Probe.Count);
    }

    [Fact]
    public async Task Unknown_and_unchecked_services_have_no_answer()
    {
        var plain = _rig.Registry.Register(MonitorRig.Wish("plain") with { HealthCheck = default }).Service;
        Assert.Null(await _rig.Monitor.CheckNowAsync(ServiceId.New(), TestContext.Current.CancellationToken));
        Assert.Null(await _rig.Monitor.CheckNowAsync(plain.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task All_who_ask_while_a_check_is_under_way_get_its_result()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.WellAfter(1.5);
        _rig.Pass(0.5);
        var asked = Enumerable.Range(0, 10).Select(_ => _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken)).ToList();
        _rig.Pass(2);
        var results = await Task.WhenAll(asked).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.All(results, x => Assert.Equal(results[0], x));
        Assert.Equal(1, _rig.Probe.Count);
    }

    [Fact]
    public async Task Asking_again_within_a_second_answers_the_last_result()
    {
        var service = _rig.Add("nas", interval: 3600);
        _rig.Pass(0.5);
        var results = new List<CheckResult?>();
        for (var i = 0; i < 15; i++)
        {
            var asked = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
            _rig.Pass(0.2);
            results.Add(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
        }

        Assert.All(results, x => Assert.NotNull(x));
        Assert.InRange(_rig.Probe.Count, 3, 4);
    }

    [Fact]
    public async Task Who_asks_goes_before_those_that_are_only_due()
    {
        using var rig = new MonitorRig(new HealthOptions { Concurrency = 2 });
        rig.Probe.Answer = _ => FakeAnswer.WellAfter(1.9);
        var services = Enumerable.Range(0, 50).Select(i => rig.Add($"s{i}", interval: 3600)).ToList();
        rig.Pass(1);
        var asked = rig.Monitor.CheckNowAsync(services[^1].Id, TestContext.Current.CancellationToken);
        rig.Pass(5);
        Assert.NotNull(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.InRange(rig.Probe.Count, 3, 8);
    }

    [Fact]
    public async Task A_service_that_goes_away_meanwhile_has_no_answer()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.Hangs(10);
        _rig.Pass(1);
        var asked = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
        _rig.Pass(0.2);
        _rig.Registry.Deregister(service.Id);
        _rig.Pass(0.2);
        Assert.Null(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_asks_while_the_url_changes_hears_of_the_new_one()
    {
        var service = _rig.Add("nas", "http://old:80/");
        _rig.Probe.Answer = x => x.HealthCheck.Url!.Contains("old", StringComparison.Ordinal) ? FakeAnswer.Hangs(10) : FakeAnswer.Well;
        _rig.Pass(1);
        var asked = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
        _rig.Pass(0.2);
        _rig.Registry.Update(service.Id, new ServicePatch { HealthCheck = new HealthCheckPatch(true, "http://new:80/", null, null, null, null, null) });
        _rig.Pass(2);
        Assert.Equal(CheckOutcome.Healthy, (await asked.WaitAsync(Patience, TestContext.Current.CancellationToken))!.Value.Outcome);
    }

    [Fact]
    public async Task Giving_up_waiting_leaves_the_check_to_others()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.WellAfter(5);
        _rig.Pass(1);
        using var given = new CancellationTokenSource();
        var impatient = _rig.Monitor.CheckNowAsync(service.Id, given.Token);
        var patient = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
        _rig.Pass(0.2);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        _rig.Pass(5);
        Assert.NotNull(await patient.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task When_the_monitor_stops_whoever_waits_gets_no_answer_and_checks_are_broken_off()
    {
        var service = _rig.Add("nas");
        _rig.Probe.Answer = _ => FakeAnswer.Hangs(10);
        using var stop = new CancellationTokenSource();
        _rig.Pass(1);
        var asked = _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken);
        _rig.Pass(0.2);
        var run = _rig.Monitor.RunAsync(stop.Token);
        await stop.CancelAsync();
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Null(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(0, _rig.Probe.UnderWay);
        Assert.Null(await _rig.Monitor.CheckNowAsync(service.Id, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }
}
