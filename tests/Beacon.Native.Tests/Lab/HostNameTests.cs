namespace Beacon.Native.Tests.Lab;

/// <summary>Two machines in the house want to be called beacon.local: whoever was there first stays, and each is found under its own name.</summary>
[Collection(LabCollection.Name)]
public sealed class HostNameTests(LabNetwork lab) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task With_avahi_there_first_Beacon_becomes_beacon_2_and_says_so()
    {
        using var avahi = await AvahiDaemon.StartAsync(lab.B, hostName: "beacon");
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);

        await beacon.WaitForLogAsync("Host name is now beacon-2.local", Limit);

        await AssertAddressAsync("beacon-2.local", lab.A.Address);
        await AssertAddressAsync("beacon.local", lab.B.Address);
        Assert.DoesNotContain("conflict", avahi.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Against_avahi_that_comes_later_Beacon_keeps_its_name()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        using (var watch = lab.B.StartScript("watch.py"))
        {
            Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x) is { Name: "beacon.local.", Type: 1 }, Limit));
        }

        using var avahi = await AvahiDaemon.StartAsync(lab.B, hostName: "beacon");

        Assert.Contains("retrying with beacon-2", avahi.Log, StringComparison.Ordinal);
        await AssertAddressAsync("beacon-2.local", lab.B.Address);
        await AssertAddressAsync("beacon.local", lab.A.Address);
        Assert.DoesNotContain("Host name is now", beacon.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_ciao_there_first_Beacon_becomes_beacon_2()
    {
        using var rival = Rival.Start(OracleKind.Node, lab.B, "_rival._tcp", "Rival", 9001, hostName: "beacon");
        await rival.UntilHeldAsync();
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);

        await beacon.WaitForLogAsync("Host name is now beacon-2.local", Limit);

        Assert.Equal("beacon.local.", rival.HostName);
    }

    [Fact]
    public async Task Against_ciao_that_comes_later_Beacon_keeps_its_name()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        using (var watch = lab.B.StartScript("watch.py"))
        {
            Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x) is { Name: "beacon.local.", Type: 1 }, Limit));
        }

        using var rival = Rival.Start(OracleKind.Node, lab.B, "_rival._tcp", "Rival", 9001, hostName: "beacon");
        await rival.UntilHeldAsync();

        Assert.Equal("beacon-(2).local.", rival.HostName);
        Assert.DoesNotContain("Host name is now", beacon.Log, StringComparison.Ordinal);
    }

    private async Task AssertAddressAsync(string name, string address)
    {
        const int Tries = 5;
        var said = "";
        for (var attempt = 0; attempt < Tries && said != $"{name}\t{address}"; attempt++)
        {
            var (_, found, errors) = await lab.B.RunAsync(Limit, "avahi-resolve", "-4", "-n", name);
            said = found + errors;
        }

        Assert.Equal($"{name}\t{address}", said);
    }
}
