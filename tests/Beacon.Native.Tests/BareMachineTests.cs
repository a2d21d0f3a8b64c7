using System.Diagnostics;
using System.Globalization;
using Beacon.Native.Tests.Lab;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests;

/// <summary>A machine that lacks what others take for granted.</summary>
public sealed class BareMachineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Without_anything_in_etc_Beacon_starts_serves_and_says_how_it_is()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root may make a mount namespace");
        using var data = new TemporaryDirectory();
        var port = BeaconProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        var serve = $"mount -t tmpfs none /etc && exec {NativeBinary.Path} serve --port {port} --mdns off --data-dir {data.Path}";
        using var beacon = Process.Start(new ProcessStartInfo("unshare", ["-m", "sh", "-c", serve]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var (code, output, errors) = (1, "", "");
            for (var started = Stopwatch.GetTimestamp(); code != 0 && Stopwatch.GetElapsedTime(started) < Limit && !beacon.HasExited;)
            {
                (code, output, errors) = await LabCommand.RunAsync(NativeBinary.Path, ["status", "--url", $"127.0.0.1:{port}"], Limit);
            }

            Assert.False(beacon.HasExited, beacon.HasExited ? await beacon.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "");
            Assert.True(code == 0, errors);
            Assert.Contains("healthy", output, StringComparison.Ordinal);
        }
        finally
        {
            beacon.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line_and_no_loop_is_said_to_have_died()
    {
        using var data = new TemporaryDirectory();
        using var other = new TemporaryDirectory();
        await using var first = await BeaconProcess.StartAsync(data.Path);

        var second = await BeaconProcess.RunAsync(["serve", "--port", $"{first.Port}", "--mdns", "off", "--data-dir", other.Path]);

        Assert.Equal(69, second.ExitCode);
        Assert.Contains($"port {first.Port} is taken", Assert.Single(second.ErrorLines));
        Assert.DoesNotContain("died", second.Output, StringComparison.Ordinal);
    }
}
