using System.Diagnostics;
using System.Globalization;

namespace Beacon.Native.Tests.Lab;

/// <summary>The network follows health: what fails its check is withdrawn, what passes again is back.</summary>
[Collection(LabCollection.Name)]
public sealed class HealthTests(LabNetwork lab, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Name = "Kitchen Wiki";
    private const int Port = 8090;
    /// <summary>From the wish for the check to the goodbye on the wire.</summary>
    private const double GoodbyeLimitSeconds = 1.0;

    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan ServeLimit = TimeSpan.FromSeconds(10);

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
    public async Task Avahi_on_another_host_hears_the_goodbye_within_a_second_of_a_failed_check_and_finds_the_service_again_when_it_passes()
    {
        using var oracle = await Oracle.StartAsync(OracleKind.Avahi, lab.B, "_wiki._tcp");
        string path;
        using (await ServeAsync())
        {
            var service = await _beacon!.SendAsync(
                lab.B,
                "POST",
                "/services/register",
                $$"""
                {"name":"{{Name}}","type":"wiki","host":"{{lab.B.Address}}","port":{{Port}},"health_check_url":"http://{{lab.B.Address}}:{{Port}}/",
                 "health_check_retries":1,"health_check_interval":3600}
                """);
            path = $"/services/{service.GetProperty("service_id").GetString()}";
            await oracle.UntilSeenAsync(Name, x => x.Port == Port);
        }

        using var watch = lab.B.StartScript("watch.py");
        await Task.Delay(Gap, TestContext.Current.CancellationToken);
        var asked = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        var failed = await _beacon.SendAsync(lab.B, "POST", path + "/check");
        Assert.Equal("unhealthy", failed.GetProperty("health").GetString());

        // Not bounded: avahi's tool may have begun to resolve the service when it went, and then waits ten seconds for it.
        var gone = await oracle.UntilGoneAsync(Name);
        var heard = await watch.WaitForLineAsync(x => HeardRecord.Parse(x) is { Ttl: 0, Type: 12, Value: $"{Name}._wiki._tcp.local." }, ServeLimit);
        Assert.True(heard is not null, $"no goodbye:\n{string.Join('\n', watch.Lines)}{watch.Errors}\n{_beacon.Log}");
        var goodbye = HeardRecord.Parse(heard).Time - asked;
        Assert.InRange(goodbye, 0, GoodbyeLimitSeconds);
        var status = await _beacon.SendAsync(lab.B, "GET", path + "/status");
        Assert.Equal("not_announced", status.GetProperty("mdns").GetProperty("state").GetString());

        await Task.Delay(Gap, TestContext.Current.CancellationToken);
        using (await ServeAsync())
        {
            var passed = await _beacon.SendAsync(lab.B, "POST", path + "/check");
            Assert.Equal("healthy", passed.GetProperty("health").GetString());
            var back = await oracle.UntilSeenAsync(Name, x => x.Port == Port);
            output.WriteLine($"goodbye {goodbye:F3} s after the check was asked for, gone for avahi {gone.TotalSeconds:F2} s after it failed, back {back.TotalSeconds:F2} s after the one that passed");
        }
    }

    private async Task<LabCommand> ServeAsync()
    {
        var server = lab.B.Start("python3", "-m", "http.server", Port.ToString(CultureInfo.InvariantCulture), "--bind", lab.B.Address, "--directory", lab.B.Directory);
        var started = Stopwatch.GetTimestamp();
        while ((await lab.B.RunAsync(ServeLimit, "curl", "-s", "-o", "/dev/null", $"http://{lab.B.Address}:{Port}/")).ExitCode != 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < ServeLimit, $"no web server: {server.Errors}");
        }

        return server;
    }
}
