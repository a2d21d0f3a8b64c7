using System.Diagnostics;
using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>A LAN without any IPv4, and a lease of DHCP that brings another address.</summary>
[Collection(LabCollection.Name)]
public sealed class AddressTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Link = "eth0";
    private const string Own = "_beacon._tcp";
    private const string OwnInstance = "Beacon";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Half a second of quiet, three probes, and the second that an old record is left (RFC 6762 §10.2).</summary>
    private static readonly TimeSpan FollowLimit = TimeSpan.FromSeconds(6);

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
    public async Task On_a_LAN_without_IPv4_Beacon_is_found_serves_and_announces_services_at_their_IPv6_address()
    {
        string[] addresses = [Prefixed(lab.A.Address), Prefixed(lab.B.Address)];
        await lab.Switch.RemoveAddressAsync(lab.A, Link, addresses[0]);
        await lab.Switch.RemoveAddressAsync(lab.B, Link, addresses[1]);
        try
        {
            using var beacon = await LabBeacon.StartAsync(lab.A, _data);
            await AssertFoundAsync(OracleKind.Zeroconf, Own, OwnInstance, lab.A.Address6);

            // The command is told no address: it has to find the Beacon itself, and comes to it by IPv6.
            var registered = await lab.B.RunAsync(Limit, NativeBinary.Path, "register", "six", "--port", "80", "--type", "sixes");
            Assert.True(registered.ExitCode == 0, registered.Errors + beacon.Log);
            var listed = await lab.B.RunAsync(Limit, "curl", "-sfg", $"http://[{lab.A.Address6}]:8080/api/v1/services");
            var service = Assert.Single(JsonDocument.Parse(listed.Output).RootElement.GetProperty("services").EnumerateArray());
            Assert.Equal("six", service.GetProperty("name").GetString());

            await AssertFoundAsync(OracleKind.Zeroconf, "_sixes._tcp", "six", lab.B.Address6);
            await AssertFoundAsync(OracleKind.Avahi, "_sixes._tcp", "six", lab.B.Address6);
            var browsed = await lab.B.RunAsync(Limit, NativeBinary.Path, "browse", "sixes", "--json");
            Assert.True(browsed.Output.Length > 0, browsed.Errors);
            var found = JsonDocument.Parse(browsed.Output).RootElement.GetProperty("addresses").EnumerateArray().Select(x => x.GetString());
            Assert.Contains(lab.B.Address6, found);
            Assert.DoesNotContain(found, x => x!.Contains('.', StringComparison.Ordinal));
        }
        finally
        {
            await lab.Switch.AddAddressAsync(lab.A, Link, addresses[0]);
            await lab.Switch.AddAddressAsync(lab.B, Link, addresses[1]);
        }
    }

    [Fact]
    public async Task When_DHCP_brings_another_address_it_is_announced_within_seconds_and_nobody_keeps_the_old_one()
    {
        var (old, other) = (lab.A.Address, LabHost.AddressOn(lan: 1, number: 77));
        using var beacon = await LabBeacon.StartAsync(lab.A, _data);
        using var avahi = await Oracle.StartAsync(OracleKind.Avahi, lab.B, Own);
        await avahi.UntilSeenAsync(OwnInstance, x => Ipv4(x).SequenceEqual([old]));
        using var watch = lab.B.StartScript("watch.py");
        Assert.NotNull(await watch.WaitForLineAsync(x => x == "watching", Limit));

        await lab.Switch.RemoveAddressAsync(lab.A, Link, Prefixed(old));
        await lab.Switch.AddAddressAsync(lab.A, Link, Prefixed(other));
        try
        {
            // "flush" ends the old address in every cache a second later (RFC 6762 §10.2); avahi's cache is the witness.
            var changed = Stopwatch.GetTimestamp();
            Assert.NotNull(await watch.WaitForLineAsync(x => IsAddress(x, other) && x.EndsWith("\tflush", StringComparison.Ordinal), Limit));
            var announced = Stopwatch.GetElapsedTime(changed);
            await avahi.UntilSeenAsync(OwnInstance, x => Ipv4(x).SequenceEqual([other]));
            output.WriteLine($"announced after {announced.TotalSeconds:F2} s, avahi has it alone after {Stopwatch.GetElapsedTime(changed).TotalSeconds:F2} s");
            Assert.InRange(Stopwatch.GetElapsedTime(changed), TimeSpan.Zero, FollowLimit);

            using var question = lab.B.StartScript("watch.py", "4", "beacon.local/A");
            Assert.NotNull(await question.WaitForLineAsync(x => IsAddress(x, other), Limit));
            Assert.DoesNotContain(question.Lines, x => IsAddress(x, old));
            var answer = await lab.B.RunAsync(Limit, "curl", "-sf", $"http://{other}:8080/api/v1/ready");
            Assert.True(answer.ExitCode == 0, beacon.Log);
        }
        finally
        {
            await lab.Switch.RemoveAddressAsync(lab.A, Link, Prefixed(other));
            await lab.Switch.AddAddressAsync(lab.A, Link, Prefixed(old));
        }
    }

    private async Task AssertFoundAsync(OracleKind kind, string type, string instance, string address)
    {
        using var oracle = await Oracle.StartAsync(kind, lab.B, type, ipv4: false);
        var took = await oracle.UntilSeenAsync(instance, x => x.Addresses.Contains(address) && !Ipv4(x).Any());
        output.WriteLine($"{kind} found {instance} at {address} in {took.TotalSeconds:F2} s");
    }

    private static bool IsAddress(string line, string address) =>
        HeardRecord.Parse(line) is { Name: "beacon.local.", Ttl: > 0 } heard && heard.Value == address;

    private static IEnumerable<string> Ipv4(Sighting seen) => seen.Addresses.Where(x => !x.Contains(':', StringComparison.Ordinal));

    private static string Prefixed(string address) => $"{address}/24";
}
