using Beacon.Features.Health.History;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.History;

public sealed class DailyUptimeTests
{
    [Fact]
    public async Task Days_come_from_chunks_and_today_from_memory_too()
    {
        var rig = new HistoryRig();
        var nas = HistoryRig.Service();
        var first = DateOnly.FromDateTime(rig.Now.UtcDateTime);
        for (var hour = 0; hour < 49; hour++)
        {
            if (hour % 4 == 0)
            {
                rig.Fail(nas);
            }
            else
            {
                rig.Check(nas);
            }

            await rig.PassHourAsync();
        }

        // The running hour is in no chunk yet.
        rig.Check(nas);
        var past = await ReadAsync(rig, nas);

        Assert.Equal([first, first.AddDays(1), first.AddDays(2)], past.Days.Select(x => x.Day));
        Assert.All(past.Days, x => Assert.InRange(x.UpRatio ?? 0, 0.7, 0.8));
        Assert.Equal(37.0 / 50, past.LastQuarter!.Value, 9);
        Assert.Equal(past.LastQuarter, past.LastMonth);
        Assert.Equal(19.0 / 25, past.LastDay!.Value, 9);
    }

    [Fact]
    public async Task They_agree_with_the_history_of_one_service()
    {
        var rig = new HistoryRig();
        var nas = HistoryRig.Service();
        for (var day = 0; day < 40; day++)
        {
            rig.Check(nas);
            rig.Fail(nas);
            await rig.PassAsync(TimeSpan.FromDays(1));
        }

        var whole = await rig.ReadAsync(nas, HistoryWindow.Year);
        var past = await ReadAsync(rig, nas);

        Assert.Equal(whole.Points.Select(x => (x.Time.UtcDateTime.Date, x.UpRatio)), past.Days.Select(x => (x.Day.ToDateTime(TimeOnly.MinValue), x.UpRatio)));
    }

    [Fact]
    public async Task No_more_than_ninety_days_are_told_and_the_last_is_today()
    {
        var rig = new HistoryRig();
        var nas = HistoryRig.Service();
        for (var day = 0; day < 120; day++)
        {
            if (day < 20)
            {
                rig.Fail(nas);
            }
            else
            {
                rig.Check(nas);
            }

            await rig.PassAsync(TimeSpan.FromDays(1));
        }

        rig.Check(nas);
        var past = await ReadAsync(rig, nas);

        Assert.Equal(DailyUptime.MostDays, past.Days.Count);
        Assert.Equal(DateOnly.FromDateTime(rig.Now.UtcDateTime), past.Days[^1].Day);
        Assert.Equal(1, past.LastQuarter);
    }

    [Fact]
    public async Task A_day_of_maintenance_alone_is_there_without_a_ratio_and_counts_for_nothing()
    {
        var rig = new HistoryRig();
        var id = ServiceId.New();
        rig.Check(HistoryRig.Service(id: id));
        await rig.PassAsync(TimeSpan.FromHours(26));
        rig.Fail(HistoryRig.Service(id: id, maintenance: new Maintenance(rig.Now, rig.Now.AddDays(1), "")));
        await rig.PassAsync(TimeSpan.FromMinutes(1));

        var past = await ReadAsync(rig, HistoryRig.Service(id: id));

        Assert.Equal([1, null], past.Days.Select(x => x.UpRatio));
        Assert.Equal(1, past.LastQuarter);
        Assert.Null(past.LastDay);
    }

    [Fact]
    public async Task After_a_restart_they_are_the_same_and_who_was_never_checked_has_none()
    {
        var rig = new HistoryRig();
        var nas = HistoryRig.Service();
        rig.Check(nas);
        rig.Fail(nas);
        await rig.PassAsync(TimeSpan.FromMinutes(5));
        var before = await ReadAsync(rig, nas);

        await rig.KillAsync();

        Assert.Equal(before.Days, (await ReadAsync(rig, nas)).Days);
        Assert.Equal(0.5, before.LastDay);
        Assert.Empty(await rig.History.ReadDaysAsync([ServiceId.New()], TestContext.Current.CancellationToken));
    }

    private static async Task<DailyUptime> ReadAsync(HistoryRig rig, ServiceInstance service) =>
        (await rig.History.ReadDaysAsync([service.Id], TestContext.Current.CancellationToken))[service.Id];
}
