using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>What avahi, python-zeroconf and bonjour-service see of a service from its first second to its last, over each family.</summary>
[Collection(LabCollection.Name)]
public sealed class OracleTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Type = "_oracle._tcp";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

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

    [Theory]
    [InlineData(OracleKind.Avahi, true)]
    [InlineData(OracleKind.Avahi, false)]
    [InlineData(OracleKind.Zeroconf, true)]
    [InlineData(OracleKind.Zeroconf, false)]
    [InlineData(OracleKind.Node, true)]
    [InlineData(OracleKind.Node, false)]
    public async Task A_service_is_found_followed_through_its_changes_and_forgotten(OracleKind kind, bool ipv4)
    {
        using var oracle = await Oracle.StartAsync(kind, lab.B, Type, ipv4);
        var address = ipv4 ? LabNetwork.AddressC : LabNetwork.AddressC6;

        var path = await RegisterAsync("Küche NAS", address, 8081);
        var found = await oracle.UntilSeenAsync("Küche NAS", x => x.Port == 8081 && x.Addresses.SequenceEqual([address]) && x.Txt["room"] == "kitchen");
        await _beacon!.SendAsync(lab.B, "PUT", path, """{"port":8082}""");
        var port = await oracle.UntilSeenAsync("Küche NAS", x => x.Port == 8082);
        await _beacon.SendAsync(lab.B, "PUT", path, """{"metadata":{"room":"hall"}}""");
        var text = await oracle.UntilSeenAsync("Küche NAS", x => x.Port == 8082 && x.Txt["room"] == "hall");
        await _beacon.SendAsync(lab.B, "DELETE", path);
        var gone = await oracle.UntilGoneAsync("Küche NAS");

        output.WriteLine($"{kind} IPv{(ipv4 ? 4 : 6)}: found {found.TotalSeconds:F2} s, port {port.TotalSeconds:F2} s, text {text.TotalSeconds:F2} s, gone {gone.TotalSeconds:F2} s");
    }

    [Theory]
    [InlineData(OracleKind.Avahi)]
    [InlineData(OracleKind.Zeroconf)]
    [InlineData(OracleKind.Node)]
    public async Task A_name_that_another_responder_has_becomes_the_second_and_both_are_found(OracleKind kind)
    {
        using var oracle = await Oracle.StartAsync(kind, lab.B, Type);
        using var rival = Rival.Start(kind, lab.B, Type, "Twin", 9001);
        Assert.Equal("Twin", await rival.UntilHeldAsync());

        await RegisterAsync("Twin", LabNetwork.AddressC, 8083);

        var found = await oracle.UntilSeenAsync("Twin (2)", x => x.Port == 8083);
        await oracle.UntilSeenAsync("Twin", x => x.Port == 9001);
        Assert.Contains("announced as Twin (2)", _beacon!.Log, StringComparison.Ordinal);
        output.WriteLine($"{kind}: found under its second name {found.TotalSeconds:F2} s after the registration");
    }

    [Theory]
    [InlineData(OracleKind.Avahi, "Twin #2")]
    [InlineData(OracleKind.Zeroconf, "Twin-2")]
    [InlineData(OracleKind.Node, "Twin (2)")]
    public async Task A_name_of_ours_is_kept_when_another_responder_asks_for_it(OracleKind kind, string expected)
    {
        using var avahi = kind == OracleKind.Avahi ? await AvahiDaemon.StartAsync(lab.B) : null;
        await RegisterAsync("Twin", LabNetwork.AddressC, 8083);
        using (var watch = lab.B.StartScript("watch.py"))
        {
            Assert.NotNull(await watch.WaitForLineAsync(x => HeardRecord.Parse(x).Value == "Twin._oracle._tcp.local.", Limit));
        }

        // The rival is alone on its host: what it asks for by unicast would else reach only one of two responders there.
        using var rival = Rival.Start(kind, lab.B, Type, "Twin", 9001);

        Assert.Equal(expected, await rival.UntilHeldAsync());
        using var oracle = await Oracle.StartAsync(kind == OracleKind.Avahi ? OracleKind.Zeroconf : kind, lab.B, Type);
        await oracle.UntilSeenAsync(expected, x => x.Port == 9001);
        await oracle.UntilSeenAsync("Twin", x => x.Port == 8083);
        Assert.DoesNotContain("announced as", _beacon!.Log, StringComparison.Ordinal);
    }

    private async Task<string> RegisterAsync(string name, string host, int port)
    {
        var service = await _beacon!.SendAsync(lab.B, "POST", "/services/register",
            $$$"""{"name":{{{JsonSerializer.Serialize(name)}}},"type":"oracle","host":"{{{host}}}","port":{{{port}}},"ttl":300,"metadata":{"room":"kitchen"}}""");
        return $"/services/{service.GetProperty("service_id").GetString()}";
    }
}
