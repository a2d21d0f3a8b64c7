using System.Text.Json;

namespace Beacon.Native.Tests.Lab;

/// <summary><c>beacon browse</c> and <c>beacon resolve</c> see what avahi announces and what another Beacon does, as avahi's tools do.</summary>
[Collection(LabCollection.Name)]
public sealed class BrowseTests(LabNetwork lab) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

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
    public async Task What_avahi_publishes_is_listed_with_host_port_address_and_attributes_on_the_host_beacon_runs_on()
    {
        using var published = await PublishAsync("Office Printer", "_ipp._tcp", "631", "note=second floor", "duplex");

        var services = Services(await lab.A.RunAsync(Limit, NativeBinary.Path, "browse", "ipp", "--json"));

        var printer = Assert.Single(services);
        Assert.Equal("Office Printer", printer.GetProperty("instance").GetString());
        Assert.Equal("eth0", printer.GetProperty("interface").GetString());
        Assert.Equal("lab-b.local", printer.GetProperty("host").GetString());
        Assert.Equal(631, printer.GetProperty("port").GetInt32());
        Assert.Contains(lab.B.Address, printer.GetProperty("addresses").EnumerateArray().Select(x => x.GetString()));
        Assert.Equal("second floor", printer.GetProperty("txt").GetProperty("note").GetString());
        Assert.Equal(JsonValueKind.Null, printer.GetProperty("txt").GetProperty("duplex").ValueKind);
    }

    [Fact]
    public async Task Everything_avahi_browse_finds_is_found_and_nothing_else()
    {
        using var first = await PublishAsync("Küche 1.5", "_mqtt._tcp", "1883");
        using var second = await PublishAsync("Tür", "_ssh._tcp", "22");
        await _beacon!.SendAsync(lab.B, "POST", "/services/register", $$"""{"name":"NAS","host":"{{LabNetwork.AddressC}}","port":445,"type":"smb"}""");
        string[] expected = ["Beacon _beacon._tcp", "Beacon _http._tcp", "Küche 1.5 _mqtt._tcp", "NAS _smb._tcp", "Tür _ssh._tcp"];
        string[] avahi = [];
        for (var tries = 0; tries < 10 && !avahi.SequenceEqual(expected); tries++)
        {
            avahi = [.. (await lab.B.RunAsync(Limit, "avahi-browse", "-atpk")).Output.Split('\n')
                .Select(x => x.Split(';')).Where(x => x.Length > 5 && x[0] == "+" && x[1] == "eth0")
                .Select(x => $"{AvahiText.Unescape(x[3])} {x[4]}").Distinct().Order(StringComparer.Ordinal)];
        }

        var beacon = Services(await lab.B.RunAsync(Limit, NativeBinary.Path, "browse", "--json"))
            .Select(x => $"{x.GetProperty("instance").GetString()} {x.GetProperty("type").GetString()}").Order(StringComparer.Ordinal);

        Assert.Equal(expected, avahi);
        Assert.Equal(expected, beacon);
    }

    [Fact]
    public async Task A_change_and_a_goodbye_are_seen_while_following()
    {
        using var follow = lab.B.Start(NativeBinary.Path, "browse", "_web._tcp", "--follow");
        var service = await _beacon!.SendAsync(
            lab.B, "POST", "/services/register", $$"""{"name":"Page","host":"{{LabNetwork.AddressC}}","port":80,"mdns_service_type":"_web._tcp"}""");
        var path = $"/services/{service.GetProperty("service_id").GetString()}";

        Assert.NotNull(await follow.WaitForLineAsync(x => x.Contains($" + _web._tcp  Page  eth0  ", StringComparison.Ordinal) && x.Contains(":80  10.", StringComparison.Ordinal), Limit));
        await _beacon.SendAsync(lab.B, "PUT", path, """{"port":81}""");
        Assert.NotNull(await follow.WaitForLineAsync(x => x.Contains(" ~ _web._tcp  Page  eth0  ", StringComparison.Ordinal) && x.Contains(":81  10.", StringComparison.Ordinal), Limit));
        await _beacon.SendAsync(lab.B, "DELETE", path);
        Assert.NotNull(await follow.WaitForLineAsync(x => x.Contains(" - _web._tcp  Page  eth0", StringComparison.Ordinal), Limit));
        Assert.True(await follow.TerminateAsync(TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task A_service_a_host_and_an_address_are_resolved_and_what_is_not_there_ends_with_1()
    {
        using var published = await PublishAsync("Shell", "_ssh._tcp", "22");

        var service = await lab.A.RunAsync(Limit, NativeBinary.Path, "resolve", "Shell._ssh._tcp");
        var host = await lab.A.RunAsync(Limit, NativeBinary.Path, "resolve", "lab-b.local");
        var address = await lab.A.RunAsync(Limit, NativeBinary.Path, "resolve", lab.B.Address);
        var nothing = await lab.A.RunAsync(Limit, NativeBinary.Path, "resolve", "nobody.local", "--timeout", "1");

        Assert.Equal((0, 0, 0, 1), (service.ExitCode, host.ExitCode, address.ExitCode, nothing.ExitCode));
        Assert.Matches(@"Shell +eth0 +lab-b\.local:22 +10\.88\.1\.2", service.Output);
        Assert.Contains($"lab-b.local  {lab.B.Address}  eth0", host.Output, StringComparison.Ordinal);
        Assert.Equal($"lab-b.local  {lab.B.Address}  eth0", address.Output);
        Assert.Contains("nothing found for nobody.local on eth0", nothing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_without_an_address_finds_the_Beacon_of_the_network_and_says_so_when_there_is_none()
    {
        var registered = await lab.B.RunAsync(Limit, NativeBinary.Path, "register", "from afar", "--port", "80", "--type", "mqtt");
        var listed = await lab.B.RunAsync(Limit, NativeBinary.Path, "list", "--json");

        Assert.True(registered.ExitCode == 0, registered.Errors);
        Assert.Equal("from afar", JsonDocument.Parse(listed.Output).RootElement.GetProperty("name").GetString());

        // What was registered from there is announced at the address it was registered from.
        var found = Services(await lab.A.RunAsync(Limit, NativeBinary.Path, "browse", "mqtt", "--json"));
        Assert.Contains(lab.B.Address, Assert.Single(found).GetProperty("addresses").EnumerateArray().Select(x => x.GetString()));

        _beacon!.Dispose();
        _beacon = null;
        var alone = await lab.B.RunAsync(Limit, NativeBinary.Path, "list");
        Assert.Equal(69, alone.ExitCode);
        Assert.Contains("no Beacon found", alone.Errors, StringComparison.Ordinal);
    }

    /// <summary>avahi-publish says "Established" when the name is claimed.</summary>
    private async Task<LabCommand> PublishAsync(string name, string type, string port, params string[] txt)
    {
        var command = lab.B.Start("avahi-publish-service", [name, type, port, .. txt]);
        for (var waited = TimeSpan.Zero; !command.Errors.Contains("Established", StringComparison.Ordinal); waited += TimeSpan.FromMilliseconds(50))
        {
            Assert.True(waited < Limit, command.Errors);
            await Task.Delay(50);
        }

        return command;
    }

    private static List<JsonElement> Services((int ExitCode, string Output, string Errors) run)
    {
        Assert.True(run.ExitCode == 0 && run.Output.Length > 0, run.Errors);
        return [.. run.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
