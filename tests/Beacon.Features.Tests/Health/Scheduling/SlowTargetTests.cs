using Beacon.Features.Health;
using Beacon.Features.Tests.Health.Kit;
using Beacon.Registry.Services;

namespace Beacon.Features.Tests.Health.Scheduling;

public sealed class SlowTargetTests
{
    [Theory]
    [InlineData(32)]
    [InlineData(200)]
    public void Targets_that_hang_keep_no_others_waiting(int hanging)
    {
        const int Others = 2_000;
        using var rig = new MonitorRig(observes: false);
        rig.Probe.Records = false;
        var last = new Dictionary<ServiceId, TimeSpan>();
        var worst = TimeSpan.Zero;
        rig.Probe.Answer = x => x.Name.StartsWith("hangs", StringComparison.Ordinal) ? FakeAnswer.Hangs(60) : FakeAnswer.Well;
        rig.Probe.OnBegin = x =>
        {
            if (!x.Name.StartsWith("hangs", StringComparison.Ordinal))
            {
                var late = rig.Clock.Elapsed - last.GetValueOrDefault(x.Id, rig.Clock.Elapsed) - TimeSpan.FromSeconds(60);
                worst = late > worst ? late : worst;
                last[x.Id] = rig.Clock.Elapsed;
            }
        };

        // The hanging ones first, so that they get every place there is.
        for (var i = 0; i < hanging; i++)
        {
            rig.Add($"hangs{i}", interval: 60, timeout: 60, ttl: 86_400);
        }

        for (var i = 0; i < Others; i++)
        {
            rig.Add($"s{i}", interval: 60, ttl: 86_400);
        }

        rig.Pass(1800);
        Assert.Equal(Others, last.Count);
        Assert.True(worst <= TimeSpan.FromSeconds(3), $"{worst} late");
        Assert.InRange(rig.Probe.MostAtOnce, 1, HealthOptions.DefaultConcurrency);
        Assert.False(rig.Probe.Overlapped);
        Assert.Equal(Others + Math.Min(hanging, hanging), rig.Registry.Counts().Total);
    }

    [Fact]
    public void All_that_begin_to_hang_at_once_are_still_found_out()
    {
        using var rig = new MonitorRig();
        var services = Enumerable.Range(0, 64).Select(i => rig.Add($"s{i}", interval: 30, timeout: 10, retries: 1)).ToList();
        rig.Pass(60);
        rig.Probe.Answer = x => x.Name == "s0" ? FakeAnswer.Well : FakeAnswer.Hangs(10);

        // 63 times 10 s in 16 places of the slow lane are 40 s, behind one interval.
        rig.Pass(30 + 45);
        Assert.All(services.Skip(1), x => Assert.Equal(ServiceStatus.Unhealthy, rig.Get(x.Id).Status));
        Assert.Equal(ServiceStatus.Active, rig.Get(services[0].Id).Status);
    }

    [Fact]
    public void One_host_is_asked_four_things_at_once_and_holds_up_no_other()
    {
        using var rig = new MonitorRig();
        rig.Probe.Answer = x => x.HealthCheck.Url!.Contains("slow", StringComparison.Ordinal) ? FakeAnswer.WellAfter(1.9) : FakeAnswer.Well;
        for (var i = 0; i < 40; i++)
        {
            rig.Registry.Register(MonitorRig.Wish($"a{i}", $"http://slow:{1000 + i}/"));
        }

        var others = Enumerable.Range(0, 40).Select(i => rig.Add($"b{i}")).ToList();
        rig.Pass(1);
        Assert.Equal(4, rig.Probe.MostPerHost);
        Assert.All(others, x => Assert.Single(rig.Probe.TimesOf(x.Id)));

        // The rest of the host's, four at a time.
        rig.Pass(20);
        Assert.Equal(80, rig.Probe.Begun.Select(x => x.Id).Distinct().Count());
        Assert.Equal(4, rig.Probe.MostPerHost);
    }

    [Fact]
    public void A_target_that_answers_quickly_again_leaves_the_slow_lane()
    {
        using var rig = new MonitorRig(new HealthOptions { Concurrency = 2 });
        var slow = rig.Add("slow", interval: 30, timeout: 60);
        rig.Probe.Answer = x => x.Name == "slow" ? FakeAnswer.WellAfter(5) : FakeAnswer.Well;
        rig.Pass(100);
        rig.Probe.Answer = _ => FakeAnswer.Well;
        rig.Pass(100);

        // One that hangs takes the one place of the slow lane for good; the other is no longer among those who wait for it.
        rig.Add("hangs", interval: 30, timeout: 60);
        rig.Probe.Answer = x => x.Name == "hangs" ? FakeAnswer.Hangs(60) : FakeAnswer.Well;
        rig.Pass(5);
        var before = rig.Probe.TimesOf(slow.Id).Count;
        rig.Pass(300);
        Assert.InRange(rig.Probe.TimesOf(slow.Id).Count - before, 10, 11);
    }

    [Fact]
    public void A_check_longer_than_the_interval_does_not_overlap_itself()
    {
        using var rig = new MonitorRig();
        var service = rig.Add("hangs", interval: 30, timeout: 60);
        rig.Probe.Answer = _ => FakeAnswer.Hangs(45);
        rig.Pass(600);
        Assert.False(rig.Probe.Overlapped);

        // Every second due time falls into the check before.
        Assert.InRange(rig.Probe.TimesOf(service.Id).Count, 9, 11);
    }
}
