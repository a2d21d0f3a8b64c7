using System.Globalization;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Cli;

/// <summary><c>beacon register --keep-alive</c> and <c>beacon watch</c>: commands that stay.</summary>
public sealed class KeepAliveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_is_registered_for_as_long_as_a_command_runs_and_its_exit_code_comes_back()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var go = data.Below("go");

        using var command = Start(beacon, "blog", "--", "sh", "-c", $"while [ ! -e {go} ]; do sleep 0.05; done; exit 7");
        await command.UntilAsync("blog is registered as");
        Assert.Equal("blog", Assert.Single(await beacon.Client.AllServicesAsync(Token)).Name);

        await File.WriteAllTextAsync(go, "", Token);
        Assert.Equal(7, await command.EndAsync());
        Assert.Empty(await beacon.Client.AllServicesAsync(Token));
    }

    [Fact]
    public async Task An_order_to_stop_reaches_the_command_and_the_service_is_taken_away_after_it()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var last = data.Below("last-words");
        using var command = Start(beacon, "worker", "--", "sh", "-c", $"trap 'echo bye > {last}; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        await command.UntilAsync("worker is registered as");
        await command.UntilAsync("up");

        Assert.Equal(0, await command.TerminateAsync());

        Assert.Equal("bye\n", await File.ReadAllTextAsync(last, Token));
        Assert.Empty(await beacon.Client.AllServicesAsync(Token));
    }

    [Fact]
    public async Task A_lease_of_ten_seconds_is_renewed_and_a_Beacon_that_forgot_everything_is_told_again()
    {
        using var data = new TemporaryDirectory();
        var beacon = await BeaconProcess.StartAsync(data.Path);
        try
        {
            using var command = Start(beacon, "sensor", "--ttl", "10");
            await command.UntilAsync("sensor is registered as");

            // Away, and back with an empty memory on the same port.
            await beacon.KillAsync();
            await command.UntilAsync("going on trying");
            using var empty = new TemporaryDirectory();
            var port = beacon.Port.ToString(CultureInfo.InvariantCulture);
            using var again = new RunningCommand("serve", "--port", port, "--data-dir", empty.Path, "--mdns", "off");
            await command.UntilAsync("Beacon is back");

            Assert.Equal(2, command.Lines.Count(x => x.Contains("sensor is registered as", StringComparison.Ordinal)));
            Assert.Equal(0, await command.TerminateAsync());
            var list = await BeaconProcess.RunAsync(["list", "--json", "--url", $"http://127.0.0.1:{port}"]);
            Assert.Empty(list.Output);
            Assert.Equal(0, await again.TerminateAsync());
        }
        finally
        {
            await beacon.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_refused_starts_nothing_and_what_cannot_start_is_not_registered()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        var trace = data.Below("trace");

        var refused = await RunAsync(beacon, "x", "--ttl", "1", "--", "touch", trace);
        var missing = await RunAsync(beacon, "x", "--", "/nonexistent/program");

        Assert.Equal(65, refused.ExitCode);
        Assert.False(File.Exists(trace));
        Assert.Equal(127, missing.ExitCode);
        Assert.Empty(await beacon.Client.AllServicesAsync(Token));
    }

    [Fact]
    public async Task Watching_tells_of_what_comes_changes_and_goes_and_survives_a_restart()
    {
        using var data = new TemporaryDirectory();
        await using var beacon = await BeaconProcess.StartAsync(data.Path);
        using var watch = new RunningCommand("watch", "--url", $"http://127.0.0.1:{beacon.Port}", "--type", "mqtt");
        using var all = new RunningCommand("watch", "--url", $"http://127.0.0.1:{beacon.Port}", "--json");
        await all.UntilAsync("connection_established");
        await WaitForSubscriptionAsync(beacon, watch);

        await BeaconProcess.RunAsync(["register", "web", "--port", "80", "--url", $"http://127.0.0.1:{beacon.Port}"]);
        await BeaconProcess.RunAsync(["register", "broker", "--port", "1883", "--type", "mqtt", "--url", $"http://127.0.0.1:{beacon.Port}"]);
        await BeaconProcess.RunAsync(["deregister", "broker", "--url", $"http://127.0.0.1:{beacon.Port}"]);

        Assert.Contains("mqtt at 0.0.0.0:1883", await watch.UntilAsync("broker"));
        await watch.UntilAsync("deregistered");
        Assert.DoesNotContain(watch.Lines, x => x.Contains("web", StringComparison.Ordinal));
        await all.UntilAsync("\"name\":\"web\"");
        Assert.Equal(0, await watch.TerminateAsync());

        await beacon.KillAsync();
        await all.UntilAsync("connecting again");
        using var again = new RunningCommand("serve", "--port", beacon.Port.ToString(CultureInfo.InvariantCulture), "--data-dir", data.Path, "--mdns", "off");
        await again.UntilAsync("answers on");
        for (var tries = 0; tries < 100 && all.Lines.Count(x => x.Contains("connection_established", StringComparison.Ordinal)) < 2; tries++)
        {
            await Task.Delay(100, Token);
        }

        Assert.Equal(2, all.Lines.Count(x => x.Contains("connection_established", StringComparison.Ordinal)));
        Assert.Equal(0, await all.TerminateAsync());
    }

    /// <summary>A subscription has no word on the screen: a service of its type is put up until it is told of, and taken away.</summary>
    private static async Task WaitForSubscriptionAsync(BeaconProcess beacon, RunningCommand watch)
    {
        var url = $"http://127.0.0.1:{beacon.Port}";
        for (var tries = 0; tries < 100 && !watch.Lines.Any(x => x.Contains("probe", StringComparison.Ordinal)); tries++)
        {
            await BeaconProcess.RunAsync(["register", "probe", "--port", "1", "--type", "mqtt", "--meta", $"try={tries}", "--url", url]);
        }

        await BeaconProcess.RunAsync(["deregister", "probe", "--url", url]);
    }

    private static RunningCommand Start(BeaconProcess beacon, params string[] arguments) => new(Arguments(beacon, arguments));

    private static Task<FinishedRun> RunAsync(BeaconProcess beacon, params string[] arguments) => BeaconProcess.RunAsync(Arguments(beacon, arguments));

    private static string[] Arguments(BeaconProcess beacon, string[] arguments)
    {
        string[] fixedOnes = ["register", arguments[0], "--port", "8000", "--url", $"http://127.0.0.1:{beacon.Port}", "--keep-alive"];
        return [.. fixedOnes, .. arguments[1..]];
    }
}
