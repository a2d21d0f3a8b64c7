using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Hardships;

/// <summary>The disk is full, and some day it is not any more.</summary>
public class FullDiskTests(ITestOutputHelper output)
{
    private const int ClientsMeanwhile = 40;

    /// <summary>A client waits two seconds for the disk; the rest is for a busy machine.</summary>
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(2 + 2);

    /// <summary>What does not need the disk is not slower for it.</summary>
    private static readonly TimeSpan MemoryLimit = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task While_the_disk_is_full_changes_are_refused_and_kept_and_all_else_goes_on_and_afterwards_everything_is_stored()
    {
        var token = TestContext.Current.CancellationToken;
        using var disk = await SmallDisk.MountAsync();
        var names = Enumerable.Range(0, ClientsMeanwhile).Select(x => $"meanwhile-{x}").ToArray();
        await using (var beacon = await BeaconProcess.StartAsync(disk.Path))
        {
            var id = await beacon.Client.RegisterAsync("before", token);
            disk.Fill();

            // All at once, then one by one, as clients come back.
            var refusals = await Task.WhenAll(names.Select(name => RefusedAsync(beacon, name, token)));
            foreach (var name in names[..3])
            {
                refusals = [.. refusals, await RefusedAsync(beacon, name, token)];
            }

            output.WriteLine($"{refusals.Length} refused, the slowest after {refusals.Max().TotalMilliseconds:F0} ms");
            Assert.All(refusals, took => Assert.InRange(took, TimeSpan.Zero, RefusalLimit));
            await AssertServesAsync(beacon, id, names, token);

            disk.Free();
            var freed = Stopwatch.GetTimestamp();
            await UntilAsync(async () => await StatusAsync(beacon, token) == "healthy", "the store did not come back");
            output.WriteLine($"stored again {Stopwatch.GetElapsedTime(freed).TotalMilliseconds:F0} ms after space was made");
            await beacon.Client.RegisterAsync("after", token);
            AssertQuietLog(beacon);
            await beacon.KillAsync();
        }

        await using var again = await BeaconProcess.StartAsync(disk.Path);
        var kept = (await again.Client.AllServicesAsync(token)).Select(x => x.Name);
        Assert.Equal(names.Append("before").Append("after").Order(), kept.Order());
    }

    [Fact]
    public async Task A_start_after_a_crash_on_a_full_disk_serves_what_is_stored_and_stores_again_when_there_is_space()
    {
        var token = TestContext.Current.CancellationToken;
        using var disk = await SmallDisk.MountAsync();
        await using (var beacon = await BeaconProcess.StartAsync(disk.Path))
        {
            await beacon.Client.RegisterAsync("before", token);
            await beacon.KillAsync();
        }

        disk.Fill();
        await using var again = await BeaconProcess.StartAsync(disk.Path);
        var (id, name) = Assert.Single(await again.Client.AllServicesAsync(token));
        Assert.Equal("before", name);
        await RefusedAsync(again, "meanwhile", token);
        await AssertServesAsync(again, id, ["meanwhile"], token);

        disk.Free();
        await UntilAsync(async () => await StatusAsync(again, token) == "healthy", "the store did not come back");
        await again.Client.RegisterAsync("after", token);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_on_a_disk_without_room_for_the_log_s_index_ends_with_74_and_one_clear_line(bool wasStoppedBefore)
    {
        var token = TestContext.Current.CancellationToken;
        using var disk = await SmallDisk.MountAsync();
        if (wasStoppedBefore)
        {
            await using var beacon = await BeaconProcess.StartAsync(disk.Path);
            await beacon.Client.RegisterAsync("before", token);
            await beacon.TerminateAsync();
        }

        disk.Fill();
        var run = await BeaconProcess.RunAsync(["serve", "--mdns", "off", "--port", $"{BeaconProcess.FreePort()}", "--data-dir", disk.Path]);

        Assert.Equal(74, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.Contains(disk.Path, line);
        Assert.Contains("no space left", line, StringComparison.OrdinalIgnoreCase);

        disk.Free();
        await using var again = await BeaconProcess.StartAsync(disk.Path);
        Assert.Equal(wasStoppedBefore ? ["before"] : [], (await again.Client.AllServicesAsync(token)).Select(x => x.Name));
    }

    private static async Task<TimeSpan> RefusedAsync(BeaconProcess beacon, string name, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await beacon.Client.PostAsync(Api.Register, Api.Registration(name), token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Contains("no space left", await answer.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task AssertServesAsync(BeaconProcess beacon, string id, string[] names, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        using var beat = await beacon.Client.PutAsync($"{Api.Services}/{id}/heartbeat", null, token);
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        Assert.Equal(names.Append("before").Order(), (await beacon.Client.AllServicesAsync(token)).Select(x => x.Name).Order());
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, MemoryLimit);
        Assert.Equal("degraded", await StatusAsync(beacon, token));
    }

    private static async Task<string?> StatusAsync(BeaconProcess beacon, CancellationToken token) =>
        (await beacon.Client.GetFromJsonAsync<JsonElement>("/api/v1/health", token)).GetProperty("status").GetString();

    /// <summary>The log may lie on the same disk: each thing is said once, however many clients ask.</summary>
    private static void AssertQuietLog(BeaconProcess beacon)
    {
        var loud = beacon.Output.Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("level").GetString() is not ("info" or "debug"))
            .CountBy(line => line.GetProperty("event_id").GetInt32())
            .ToDictionary();
        Assert.Equal(1, loud.GetValueOrDefault(3002));
        Assert.True(loud.Values.All(times => times == 1), string.Join('\n', beacon.Output));
    }

    private static async Task UntilAsync(Func<Task<bool>> isReached, string otherwise)
    {
        for (var started = Stopwatch.GetTimestamp(); !await isReached(); await Task.Delay(50))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < RecoveryLimit, otherwise);
        }
    }
}
