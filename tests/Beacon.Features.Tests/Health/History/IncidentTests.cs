using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.History;

public sealed class IncidentTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly HistoryRig _rig = new();
    private readonly ServiceInstance _nas = HistoryRig.Service();

    [Fact]
    public async Task An_incident_lasts_from_the_failure_that_decides_to_the_first_success()
    {
        _rig.Check(_nas);
        await FailAsync(2);
        Assert.Empty(await _rig.IncidentsAsync());
        await FailAsync(1, "connection refused");
        var start = _rig.Now - Minute;
        await FailAsync(3, "status 502");

        var open = Assert.Single(await _rig.IncidentsAsync());
        Assert.Equal(("nas", "connection refused", false, start, null), (open.Name, open.Cause, open.IsPlanned, open.StartedAt, open.EndedAt));
        Assert.Equal(1, _rig.History.OpenIncidents);

        _rig.Check(_nas);
        Assert.Equal(_rig.Now, Assert.Single(await _rig.IncidentsAsync()).EndedAt);
        Assert.Equal(0, _rig.History.OpenIncidents);
    }

    [Fact]
    public async Task An_incident_goes_on_over_a_restart_and_ends_with_the_first_success()
    {
        await FailAsync(4);
        await _rig.KillAsync();
        Assert.Null(Assert.Single(await _rig.IncidentsAsync()).EndedAt);
        await FailAsync(5);
        Assert.Single(await _rig.IncidentsAsync());
        await _rig.KillAsync();
        _rig.Check(_nas);

        Assert.Equal(_rig.Now, Assert.Single(await _rig.IncidentsAsync()).EndedAt);
    }

    [Fact]
    public async Task A_service_that_flaps_is_in_one_incident()
    {
        await FailAsync(3);
        for (var i = 0; i < 40; i++)
        {
            // Faster than a schedule would be, and each time enough failures in a row.
            _rig.Check(_nas);
            _rig.Clock.Advance(TimeSpan.FromSeconds(5));
            _rig.Fail(_nas);
            _rig.Fail(_nas);
            _rig.Fail(_nas);
            _rig.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange((await _rig.IncidentsAsync()).Count, 1, (HealthJudge.MostChanges / 2) + 1);
    }

    [Fact]
    public async Task What_fails_in_a_planned_interruption_is_planned_and_costs_no_uptime()
    {
        var planned = _nas with { Maintenance = new Maintenance(_rig.Now, _rig.Now.AddHours(1), "new disk") };
        _rig.Check(_nas);
        for (var i = 0; i < 5; i++)
        {
            _rig.Fail(planned);
            await _rig.PassAsync(Minute);
        }

        Assert.True(Assert.Single(await _rig.IncidentsAsync()).IsPlanned);
        Assert.Equal(1, (await _rig.ReadAsync(_nas)).Uptime[Features.Health.History.HistoryWindow.Day]);

        // It is over, and the service is not back.
        _rig.Fail(_nas);
        var both = await _rig.IncidentsAsync();
        Assert.Equal([(false, null), (true, (DateTimeOffset?)_rig.Now)], both.Select(x => (x.IsPlanned, x.EndedAt)));
    }

    [Fact]
    public async Task The_incident_of_a_service_that_is_gone_ends_and_stays_in_the_list_for_thirty_days()
    {
        await FailAsync(3);
        _rig.Gone.Add(_nas.Id);
        await _rig.PassAsync(Minute);
        Assert.Equal(_rig.Now, Assert.Single(await _rig.IncidentsAsync()).EndedAt);

        for (var i = 0; i < 29 * 24; i++)
        {
            await _rig.PassHourAsync();
        }

        Assert.Equal("nas", Assert.Single(await _rig.IncidentsAsync()).Name);
        for (var i = 0; i < 30; i++)
        {
            await _rig.PassHourAsync();
        }

        Assert.Empty(await _rig.IncidentsAsync());
    }

    [Fact]
    public async Task An_incident_that_the_store_refused_is_written_when_it_is_back()
    {
        _rig.Store.WritesLeft = 0;
        await FailAsync(3);
        _rig.Store.WritesLeft = null;
        await _rig.PassAsync(Minute);
        await _rig.KillAsync();

        Assert.Equal("status 500", Assert.Single(await _rig.IncidentsAsync()).Cause);
    }

    private async Task FailAsync(int times, string error = "status 500")
    {
        for (var i = 0; i < times; i++)
        {
            _rig.Fail(_nas, error);
            await _rig.PassAsync(Minute);
        }
    }
}
