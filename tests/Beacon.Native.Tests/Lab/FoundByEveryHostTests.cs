using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary>One POST makes a service on a third machine findable from every host; its end makes it vanish.</summary>
[Collection(LabCollection.Name)]
public sealed class FoundByEveryHostTests(LabNetwork lab) : IAsyncLifetime
{
    private static readonly TimeSpan FindLimit = TimeSpan.FromSeconds(15);

    /// <summary>From DELETE or the lease's end to the goodbye on the wire.</summary>
    private const double GoodbyeLimitSeconds = 1.0;

    private readonly string _data = Directory.CreateTempSubdirectory("beacon-lab-data-").FullName;
    private LabBeacon? _beacon;
    private AvahiDaemon? _avahi;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(lab.Refusal is not null, lab.Refusal ?? "");
        try
        {
            _avahi = await AvahiDaemon.StartAsync(lab.B);
            _beacon = await LabBeacon.StartAsync(lab.A, _data);
        }
        catch
        {
            // A test whose start failed is not disposed of by the runner.
            await DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _beacon?.Dispose();
        _avahi?.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task After_one_POST_avahi_browse_on_another_host_prints_the_services_own_address_port_and_TXT()
    {
        var service = await RegisterAsync("Kitchen Sensor", "iot", LabNetwork.AddressC, 8081, ttl: 120);

        var line = await BrowseUntilAsync("_iot._tcp", x => x.StartsWith("=;eth0;IPv4;Kitchen\\032Sensor;", StringComparison.Ordinal));

        var fields = line.Split(';');
        Assert.Equal(LabNetwork.AddressC, fields[7]);
        Assert.Equal("8081", fields[8]);
        Assert.Contains($"\"service_id={service.GetProperty("service_id").GetString()}\"", line, StringComparison.Ordinal);
        Assert.Contains("\"room=kitchen\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_one_POST_python_zeroconf_on_another_host_resolves_the_services_own_address_port_and_TXT()
    {
        var service = await RegisterAsync("Garage Door", "mqtt", LabNetwork.AddressC, 1883, ttl: 120);

        var (_, output, errors) = await lab.B.RunScriptAsync(FindLimit, "browse.py", "_mqtt._tcp.local.", "Garage Door", "10");

        Assert.True(output.Length > 0, $"python-zeroconf found nothing: {errors}\n{_beacon!.Log}");
        using var found = JsonDocument.Parse(output.Split('\n')[0]);
        Assert.Equal([LabNetwork.AddressC], found.RootElement.GetProperty("addresses").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal(1883, found.RootElement.GetProperty("port").GetInt32());
        var properties = found.RootElement.GetProperty("properties");
        Assert.Equal(service.GetProperty("service_id").GetString(), properties.GetProperty("service_id").GetString());
        Assert.Equal("kitchen", properties.GetProperty("room").GetString());
    }

    [Fact]
    public async Task Beacons_own_name_resolves_to_its_own_address_on_another_host()
    {
        var output = "";
        for (var attempt = 0; attempt < 5 && !output.Contains(lab.A.Address, StringComparison.Ordinal); attempt++)
        {
            output = (await lab.B.RunAsync(FindLimit, "avahi-resolve", "-4", "-n", "beacon.local")).Output;
        }

        Assert.Equal($"beacon.local\t{lab.A.Address}", output);
    }

    [Theory]
    [InlineData("_beacon._tcp")]
    [InlineData("_http._tcp")]
    public async Task Beacon_itself_is_found_as_a_service(string type)
    {
        var line = await BrowseUntilAsync(type, x => x.StartsWith("=;eth0;IPv4;Beacon;", StringComparison.Ordinal));

        var fields = line.Split(';');
        Assert.Contains("beacon", fields[6], StringComparison.Ordinal);
        Assert.Equal(lab.A.Address, fields[7]);
        Assert.Equal("8080", fields[8]);
        Assert.Contains("\"api=/api/v1\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_question_for_a_type_is_answered_with_SRV_TXT_and_address_in_the_same_packet_as_an_ESP32_needs()
    {
        await RegisterAsync("Boiler", "heating", LabNetwork.AddressC, 8082, ttl: 120);
        await BrowseUntilAsync("_heating._tcp", x => x.StartsWith("=;eth0;IPv4;Boiler;", StringComparison.Ordinal));
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken); // a record is not multicast twice within a second (RFC 6762 §6)

        using var watch = lab.B.StartScript("watch.py", "_heating._tcp.local/PTR");
        var pointer = await watch.WaitForLineAsync(x => HeardRecord.Parse(x) is { Type: 12, Section: "answer", Name: "_heating._tcp.local." }, FindLimit);

        Assert.NotNull(pointer);
        await Task.Delay(200, TestContext.Current.CancellationToken);
        var packet = watch.Lines.Skip(1).Select(HeardRecord.Parse).Where(x => x.Packet == HeardRecord.Parse(pointer).Packet).ToList();
        Assert.Contains(packet, x => x.Type == 33 && x.Value.EndsWith(":8082", StringComparison.Ordinal));
        Assert.Contains(packet, x => x.Type == 16);
        Assert.Contains(packet, x => x.Type == 1 && x.Value == LabNetwork.AddressC);
    }

    [Fact]
    public async Task A_service_that_says_localhost_is_announced_at_the_address_it_registered_from()
    {
        await RegisterAsync("Local Web", "web", "localhost", 8083, ttl: 120);

        var line = await BrowseUntilAsync("_http._tcp", x => x.StartsWith("=;eth0;IPv4;Local\\032Web;", StringComparison.Ordinal));

        Assert.Equal(lab.B.Address, line.Split(';')[7]);
    }

    [Fact]
    public async Task The_goodbye_is_on_the_wire_within_a_second_of_the_DELETE()
    {
        var service = await RegisterAsync("Short Lived", "probe", LabNetwork.AddressC, 8084, ttl: 120);
        using var watch = lab.B.StartScript("watch.py");
        await BrowseUntilAsync("_probe._tcp", x => x.StartsWith("=;eth0;IPv4;Short\\032Lived;", StringComparison.Ordinal));

        var before = Now();
        await _beacon!.SendAsync(lab.B, "DELETE", $"/services/{service.GetProperty("service_id").GetString()}");

        var goodbye = await WaitForGoodbyeAsync(watch, "Short Lived._probe._tcp.local.");
        TestContext.Current.TestOutputHelper?.WriteLine($"goodbye {goodbye - before:F3} s after the DELETE was sent");
        Assert.InRange(goodbye - before, 0, GoodbyeLimitSeconds);
    }

    [Fact]
    public async Task The_goodbye_is_on_the_wire_within_a_second_of_the_leases_end()
    {
        using var watch = lab.B.StartScript("watch.py");
        var service = await RegisterAsync("Ten Seconds", "lease", LabNetwork.AddressC, 8085, ttl: 10);
        var end = service.GetProperty("expires_at").GetDateTimeOffset().ToUnixTimeMilliseconds() / 1000.0;

        var goodbye = await WaitForGoodbyeAsync(watch, "Ten Seconds._lease._tcp.local.");

        TestContext.Current.TestOutputHelper?.WriteLine($"goodbye {goodbye - end:F3} s after the lease's end");
        Assert.InRange(goodbye - end, 0, GoodbyeLimitSeconds);
    }

    [Fact]
    public async Task A_clean_stop_says_goodbye_for_everything_and_a_restart_announces_it_again()
    {
        await RegisterAsync("Survivor", "restart", LabNetwork.AddressC, 8086, ttl: 300);
        using var watch = lab.B.StartScript("watch.py");
        await BrowseUntilAsync("_restart._tcp", x => x.StartsWith("=;eth0;IPv4;Survivor;", StringComparison.Ordinal));

        Assert.True(await _beacon!.StopAsync(), $"not stopped within 2 s:\n{_beacon.Log}");
        await WaitForGoodbyeAsync(watch, "Survivor._restart._tcp.local.");
        await WaitForGoodbyeAsync(watch, "Beacon._beacon._tcp.local.");
        _beacon.Dispose();
        _beacon = await LabBeacon.StartAsync(lab.A, _data);

        await BrowseUntilAsync("_restart._tcp", x => x.StartsWith("=;eth0;IPv4;Survivor;", StringComparison.Ordinal));
    }

    private Task<JsonElement> RegisterAsync(string name, string type, string host, int port, int ttl) =>
        _beacon!.SendAsync(lab.B, "POST", "/services/register",
            $$$"""{"name":"{{{name}}}","type":"{{{type}}}","host":"{{{host}}}","port":{{{port}}},"ttl":{{{ttl}}},"metadata":{"room":"kitchen"}}""");

    private async Task<string> BrowseUntilAsync(string type, Func<string, bool> wanted)
    {
        using var browse = lab.B.Start("avahi-browse", "-rp", type);
        var line = await browse.WaitForLineAsync(wanted, FindLimit);
        Assert.True(line is not null, $"not found; avahi-browse printed:\n{string.Join('\n', browse.Lines)}\n{_beacon!.Log}");
        return line;
    }

    private async Task<double> WaitForGoodbyeAsync(LabCommand watch, string instance)
    {
        var line = await watch.WaitForLineAsync(
            x => HeardRecord.Parse(x) is { Ttl: 0, Type: 12 } heard && heard.Value == instance, TimeSpan.FromSeconds(20));
        Assert.True(line is not null, $"no goodbye for {instance}:\n{string.Join('\n', watch.Lines)}{watch.Errors}\n{_beacon!.Log}");
        return HeardRecord.Parse(line).Time;
    }

    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
