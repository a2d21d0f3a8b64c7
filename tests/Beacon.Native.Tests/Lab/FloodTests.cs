using System.Globalization;
using Beacon.Testing;

namespace Beacon.Native.Tests.Lab;

/// <summary>A neighbour goes mad; the published binary goes on, in the memory it had.</summary>
[Collection(LabCollection.Name)]
public sealed class FloodTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Datagrams = 20_000;

    /// <summary>Resident memory may grow by this much: pages touched for the first time, and what the collector has not given back.</summary>
    private const int MostGrowthMiB = 8;

    /// <summary>And never be more than this.</summary>
    private const int MostResidentMiB = 48;

    private static readonly TimeSpan FloodLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FindLimit = TimeSpan.FromSeconds(15);

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
    public async Task After_twenty_thousand_garbage_datagrams_avahi_browse_finds_everything_and_memory_has_not_grown()
    {
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        await beacon.SendAsync(
            lab.B, "POST", "/services/register", $$"""{"name":"Steadfast","type":"flood","host":"{{LabNetwork.AddressC}}","port":8090,"ttl":300}""");
        await lab.B.RunScriptAsync(FloodLimit, "flood.py", "2000", "1");
        var before = beacon.ResidentMiB;

        var seed = Seeds.Next(output.WriteLine);
        var flood = await lab.B.RunScriptAsync(
            FloodLimit, "flood.py", Datagrams.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture));
        var after = beacon.ResidentMiB;

        output.WriteLine($"{flood.Output}; resident {before} MiB before, {after} MiB after");
        Assert.True(flood.ExitCode == 0, flood.Errors);
        using var avahi = await AvahiDaemon.StartAsync(lab.B);
        using var browse = lab.B.Start("avahi-browse", "-rp", "_flood._tcp");
        Assert.NotNull(await browse.WaitForLineAsync(line => line.StartsWith("=;eth0;IPv4;Steadfast;", StringComparison.Ordinal), FindLimit));
        var (_, resolved, _) = await lab.B.RunAsync(FindLimit, "avahi-resolve", "-4", "-n", "beacon.local");
        Assert.Equal($"beacon.local\t{lab.A.Address}", resolved);
        Assert.InRange(after - before, -MostResidentMiB, MostGrowthMiB);
        Assert.InRange(after, 1, MostResidentMiB);
    }
}
