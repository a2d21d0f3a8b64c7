using System.Diagnostics;

namespace Beacon.Native.Tests.Lab;

/// <summary>Cables are pulled, interfaces vanish and return, packets get lost: services are found again without anybody's help.</summary>
[Collection(LabCollection.Name)]
public sealed class LinkTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Link = "eth0";
    private const string Instance = "Lamp._links._tcp.local.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>From the link's return to the announcement: half a second of quiet, the IPv6 address's own check, three probes.</summary>
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(6);

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;
    private LabBeacon? _beacon;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        _beacon = await LabBeacon.StartAsync(lab.A, _data);
    }

    public ValueTask DisposeAsync()
    {
        _beacon?.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task After_a_pulled_cable_is_back_services_are_announced_and_found_within_seconds()
    {
        await RegisterAndHearAsync();
        await lab.Switch.CableAsync(lab.A, Link, up: false);
        await _beacon!.WaitForLogAsync("Interface eth0 is gone", Limit);

        await AssertReturnsAsync(() => lab.Switch.CableAsync(lab.A, Link, up: true));
    }

    [Fact]
    public async Task On_an_interface_deleted_and_made_again_under_its_name_services_are_announced_and_found_within_seconds()
    {
        await RegisterAndHearAsync();
        await lab.Switch.UnplugAsync(lab.A, Link);
        await _beacon!.WaitForLogAsync("Interface eth0 is gone", Limit);

        await AssertReturnsAsync(() => lab.Switch.PlugAsync(lab.A, lan: 1, Link));
    }

    [Fact]
    public async Task An_interface_replaced_too_quickly_to_be_missed_is_used_again_too()
    {
        await RegisterAndHearAsync();

        await AssertReturnsAsync(async () =>
        {
            await lab.Switch.UnplugAsync(lab.A, Link);
            await lab.Switch.PlugAsync(lab.A, lan: 1, Link);
        });
    }

    [Fact]
    public async Task With_three_in_ten_packets_lost_each_way_everything_is_found()
    {
        const int Services = 8;
        const int Percent = 30;
        await lab.Switch.LoseAsync(lab.A, Link, Percent);
        await lab.Switch.LoseAsync(lab.B, Link, Percent);
        var lost = 0;
        try
        {
            using var avahi = await Oracle.StartAsync(OracleKind.Avahi, lab.B, "_links._tcp");
            using var zeroconf = await Oracle.StartAsync(OracleKind.Zeroconf, lab.B, "_links._tcp");
            var started = Stopwatch.GetTimestamp();
            await _beacon!.SendAllAsync(lab.B, Enumerable.Range(0, Services).Select(x => Registration($"Lamp {x}")));
            foreach (var (name, oracle) in ((string, Oracle)[])[("python-zeroconf", zeroconf), ("avahi", avahi)])
            {
                for (var number = 0; number < Services; number++)
                {
                    await oracle.UntilSeenAsync($"Lamp {number}", x => x.Port == 8080);
                }

                output.WriteLine($"{name} has all {Services} after {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
            }
        }
        finally
        {
            lost = await lab.Switch.LoseNothingAsync(lab.A, Link) + await lab.Switch.LoseNothingAsync(lab.B, Link);
        }

        output.WriteLine($"{lost} packets lost");
        Assert.InRange(lost, 1, int.MaxValue);
    }

    private async Task RegisterAndHearAsync()
    {
        using var watch = lab.B.StartScript("watch.py");
        Assert.NotNull(await watch.WaitForLineAsync(x => x == "watching", Limit));
        await _beacon!.SendAllAsync(lab.B, [Registration("Lamp")]);
        Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x).Value == Instance, Limit));
    }

    private async Task AssertReturnsAsync(Func<Task> restore)
    {
        using var watch = lab.B.StartScript("watch.py");
        Assert.NotNull(await watch.WaitForLineAsync(x => x == "watching", Limit));
        await restore();
        var started = Stopwatch.GetTimestamp();
        var heard = await watch.WaitForLineAsync(x => HeardRecord.Parse(x).Value == Instance, Limit);
        var returned = Stopwatch.GetElapsedTime(started);
        Assert.True(heard is not null, _beacon!.Log);
        using var newcomer = await Oracle.StartAsync(OracleKind.Zeroconf, lab.B, "_links._tcp");
        var found = await newcomer.UntilSeenAsync("Lamp", x => x.Port == 8080 && x.Addresses.SequenceEqual([LabNetwork.AddressC]));

        output.WriteLine($"announced {returned.TotalSeconds:F2} s after the return, then found by a newcomer in {found.TotalSeconds:F2} s");
        Assert.InRange(returned, TimeSpan.Zero, ReturnLimit);
    }

    private static string Registration(string name) => $$"""{"name":"{{name}}","type":"links","host":"{{LabNetwork.AddressC}}","port":8080,"ttl":300}""";
}
