namespace Beacon.Native.Tests.Lab;

/// <summary>Beacon and an avahi-daemon on one host: whichever came first, nothing of avahi's changes.</summary>
[Collection(LabCollection.Name)]
public sealed class BesideAvahiTests(LabNetwork lab) : IAsyncLifetime
{
    private static readonly TimeSpan ResolveLimit = TimeSpan.FromSeconds(10);

    /// <summary>Longer than three probes and three announcements (RFC 6762 §8), so that a conflict would have shown.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(6);

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;
    private AvahiDaemon? _observer;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        _observer = await AvahiDaemon.StartAsync(lab.B);
    }

    public ValueTask DisposeAsync()
    {
        _observer?.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Started_after_avahi_Beacon_leaves_avahis_name_and_answers_alone()
    {
        using var avahi = await AvahiDaemon.StartAsync(lab.A);
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);

        await AssertBothAnswerAsync(avahi, beacon);
    }

    [Fact]
    public async Task Started_before_avahi_Beacon_leaves_avahis_name_and_answers_alone()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        using var avahi = await AvahiDaemon.StartAsync(lab.A);

        await AssertBothAnswerAsync(avahi, beacon);
    }

    [Fact]
    public async Task Of_two_services_with_one_name_on_one_host_the_later_one_of_Beacon_is_renamed()
    {
        using var avahi = await AvahiDaemon.StartAsync(lab.A);
        using var rival = Rival.Start(OracleKind.Avahi, lab.A, "_beside._tcp", "Twin", 9001);
        Assert.Equal("Twin", await rival.UntilHeldAsync());
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);

        await RegisterAsync(beacon, "Twin");

        await beacon.WaitForLogAsync("announced as Twin (2)", ResolveLimit);
        await AssertFoundAsync("Twin", "9001");
        await AssertFoundAsync(@"Twin\032\0402\041", "8090");
    }

    [Fact]
    public async Task Of_two_services_with_one_name_on_one_host_the_later_one_of_avahi_is_renamed()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        using var avahi = await AvahiDaemon.StartAsync(lab.A);
        await RegisterAsync(beacon, "Twin");
        await AssertFoundAsync("Twin", "8090");

        using var rival = Rival.Start(OracleKind.Avahi, lab.A, "_beside._tcp", "Twin", 9001);

        Assert.Equal("Twin #2", await rival.UntilHeldAsync());
        await AssertFoundAsync("Twin", "8090");
        Assert.DoesNotContain("announced as", beacon.Log, StringComparison.Ordinal);
    }

    private Task RegisterAsync(LabBeacon beacon, string name) => beacon.SendAsync(lab.B, "POST", "/services/register",
        $$"""{"name":"{{name}}","type":"beside","host":"{{LabNetwork.AddressC}}","port":8090}""");

    private async Task AssertFoundAsync(string name, string port)
    {
        using var browse = lab.B.Start("avahi-browse", "-rp", "_beside._tcp");
        var line = await browse.WaitForLineAsync(
            x => x.StartsWith($"=;eth0;IPv4;{name};", StringComparison.Ordinal) && x.Split(';')[8] == port, ResolveLimit);
        Assert.True(line is not null, string.Join('\n', browse.Lines));
    }

    private async Task AssertBothAnswerAsync(AvahiDaemon avahi, LabBeacon beacon)
    {
        await RegisterAsync(beacon, "Beside Avahi");
        await Task.Delay(SettleTime, TestContext.Current.CancellationToken);

        Assert.Equal($"lab-a.local\t{lab.A.Address}", await ResolveAsync("-4", "-n", "lab-a.local"));
        Assert.Equal($"{lab.A.Address}\tlab-a.local", await ResolveAsync("-a", lab.A.Address));
        Assert.Equal($"beacon.local\t{lab.A.Address}", await ResolveAsync("-4", "-n", "beacon.local"));
        Assert.DoesNotContain("conflict", avahi.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("retrying", avahi.Log, StringComparison.OrdinalIgnoreCase);
        await AssertUnicastStillReachesAvahiAsync();
    }

    /// <summary>Unicast datagrams to port 5353 belong to avahi: a second socket that took some of them would make it deaf to a share of its clients.</summary>
    private async Task AssertUnicastStillReachesAvahiAsync()
    {
        const int Queries = 20;
        var answered = 0;
        for (var i = 0; i < Queries; i++)
        {
            var (_, output, _) = await lab.B.RunAsync(
                ResolveLimit, "dig", "+time=1", "+tries=1", "+short", "+noedns", $"@{lab.A.Address}", "-p", "5353", "lab-a.local", "A");
            answered += output.Contains(lab.A.Address, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(Queries, answered);
    }

    private async Task<string> ResolveAsync(params string[] arguments)
    {
        var last = (ExitCode: 0, Output: "", Errors: "");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            last = await lab.B.RunAsync(ResolveLimit, "avahi-resolve", arguments);
            if (last.Output.Length > 0)
            {
                break;
            }
        }

        return last.Output.Length > 0 ? last.Output : last.Errors;
    }
}
