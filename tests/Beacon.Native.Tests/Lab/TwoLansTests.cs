namespace Beacon.Native.Tests.Lab;

/// <summary>Beacon's host has a leg in each of two LANs.</summary>
[Collection(LabCollection.Name)]
public sealed class TwoLansTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Second = "eth1";
    private const string OwnName = "beacon.local.";
    private const string Instance = "Both Sides._lans._tcp.local.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Probes, denials and three announcements all fit in (RFC 6762 §8), so that a name lost to ourselves would show.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>Of two links that hear each other: a few to put things right, not a quarrel.</summary>
    private const int MostResponses = 30;

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        await lab.Switch.PlugAsync(lab.A, lan: 2, Second);
    }

    public async ValueTask DisposeAsync()
    {
        await lab.Switch.UnplugAsync(lab.A, Second);
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task The_address_of_one_LAN_never_shows_on_the_other_in_a_whole_life()
    {
        LabCommand[] near = [lab.B.StartScript("watch.py", "4"), lab.B.StartScript("watch.py", "6")];
        LabCommand[] far = [lab.Far.StartScript("watch.py", "4"), lab.Far.StartScript("watch.py", "6")];
        try
        {
            using (var beacon = await LabBeacon.StartAsync(lab.A, _data))
            {
                await RegisterAsync(beacon);
                foreach (var watch in (LabCommand[])[.. near, .. far])
                {
                    Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x).Value == Instance, Limit));
                }

                using var nearQuestion = lab.B.StartScript("watch.py", "4", "beacon.local/ANY", "_lans._tcp.local/PTR", "_beacon._tcp.local/PTR");
                using var farQuestion = lab.Far.StartScript("watch.py", "4", "beacon.local/ANY", "_lans._tcp.local/PTR", "_beacon._tcp.local/PTR");
                Assert.NotNull(await nearQuestion.WaitForLineAsync(x => HeardRecord.Parse(x).Name == OwnName, Limit));
                Assert.NotNull(await farQuestion.WaitForLineAsync(x => HeardRecord.Parse(x).Name == OwnName, Limit));
                Assert.True(await beacon.StopAsync(), beacon.Log);
            }

            foreach (var watch in (LabCommand[])[.. near, .. far])
            {
                Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x) is { Ttl: 0, Value: Instance }, Limit));
            }

            AssertAddresses(near, lan: 1);
            AssertAddresses(far, lan: 2);
        }
        finally
        {
            Array.ForEach([.. near, .. far], x => x.Dispose());
        }
    }

    [Fact]
    public async Task When_both_LANs_become_one_every_name_is_kept_and_everything_is_found_from_both()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        await RegisterAsync(beacon);
        using var near = await Oracle.StartAsync(OracleKind.Zeroconf, lab.B, "_lans._tcp");
        using var far = await Oracle.StartAsync(OracleKind.Avahi, lab.Far, "_lans._tcp");
        await near.UntilSeenAsync("Both Sides", x => x.Port == 8080);
        await far.UntilSeenAsync("Both Sides", x => x.Port == 8080);

        await lab.Switch.JoinLansAsync();
        try
        {
            using var watch = lab.B.StartScript("watch.py", "4", "beacon.local/A");
            await Task.Delay(SettleTime, TestContext.Current.CancellationToken);
            using var newcomer = await Oracle.StartAsync(OracleKind.Zeroconf, lab.Far, "_lans._tcp");
            var found = await newcomer.UntilSeenAsync("Both Sides", x => x.Port == 8080);
            await near.UntilSeenAsync("Both Sides", x => x.Port == 8080);
            await far.UntilSeenAsync("Both Sides", x => x.Port == 8080);

            var own = watch.Lines.Select(HeardRecord.Parse).Where(x => x is { Name: OwnName, Type: 1 }).Select(x => x.Value).Distinct();
            var packets = watch.Lines.Select(x => HeardRecord.Parse(x).Packet).Distinct().Count();
            output.WriteLine($"found {found.TotalSeconds:F2} s after; {packets} responses in {SettleTime.TotalSeconds} s and a bit; {string.Join(' ', own)}");
            Assert.InRange(packets, 1, MostResponses);
            Assert.DoesNotContain("Host name is now", beacon.Log, StringComparison.Ordinal);
            Assert.DoesNotContain("announced as", beacon.Log, StringComparison.Ordinal);
        }
        finally
        {
            await lab.Switch.PartLansAsync();
        }
    }

    private Task RegisterAsync(LabBeacon beacon) => beacon.SendAsync(lab.B, "POST", "/services/register",
        """{"name":"Both Sides","type":"lans","host":"beacon.local","port":8080,"ttl":300}""");

    private static void AssertAddresses(LabCommand[] watches, int lan)
    {
        var heard = watches.SelectMany(x => x.Lines).Select(HeardRecord.Parse).Where(x => x.Type is 1 or 28 && x.Name == OwnName).Select(x => x.Value).ToHashSet();

        Assert.Contains(LabHost.AddressOn(lan, number: 1), heard);
        Assert.Contains(LabHost.Address6On(lan, number: 1), heard);
        var link = heard.Where(x => x.StartsWith("fe80:", StringComparison.Ordinal)).ToList();
        Assert.InRange(link.Count, 0, 1);
        Assert.Equal(2 + link.Count, heard.Count);
    }
}
