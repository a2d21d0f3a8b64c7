using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beacon.Native.Tests.Support;

namespace Beacon.Native.Tests.Hardships;

/// <summary>A board without a battery: it starts in 1970, the network brings the time, and somebody sets it wrong once.</summary>
public class ClockTests(ITestOutputHelper output)
{
    private const int ShortTtl = 10;
    private const int LongTtl = 300;
    private const string Renewed = "renewed";
    private const string Silent = "silent";
    private const string Patient = "patient";
    private static readonly DateTimeOffset PowerOn = DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(20);

    /// <summary>Of a lease's end as a client sees it.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>After a jump, until the ends of leases are told by the new clock.</summary>
    private static readonly TimeSpan FollowLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ForwardAt = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BackAt = TimeSpan.FromSeconds(6.5);

    [Fact]
    public async Task Leases_run_on_through_every_jump_of_the_clock_and_over_a_restart_in_1970()
    {
        var token = TestContext.Current.CancellationToken;
        using var clock = await WallClock.MakeAsync();
        using var data = new TemporaryDirectory();
        clock.Set(PowerOn);
        await using (var beacon = await BeaconProcess.StartAsync(data.Path, [], clock.Environment))
        {
            var ids = new Dictionary<string, string>();
            foreach (var (name, ttl) in ((string, int)[])[(Renewed, ShortTtl), (Patient, LongTtl), (Silent, ShortTtl)])
            {
                ids[name] = await RegisterAsync(beacon, name, ttl, token);
            }

            await LiveThroughJumpsAsync(beacon, clock, ids[Renewed], token);
            await AssertEventTimesAsync(beacon, clock, token);
            await beacon.KillAsync();
        }

        clock.Set(PowerOn);
        await using var again = await BeaconProcess.StartAsync(data.Path, [], clock.Environment);
        await AssertStoredLeasesAsync(again, clock, token);
    }

    private async Task LiveThroughJumpsAsync(BeaconProcess beacon, WallClock clock, string renewed, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        var today = TimeProvider.System.GetUtcNow();
        (TimeSpan At, DateTimeOffset To)[] jumps = [(ForwardAt, today), (BackAt, today - TimeSpan.FromDays(1))];
        var jumped = 0;
        TimeSpan lastJump = default;
        TimeSpan? silentGone = null;
        while (Stopwatch.GetElapsedTime(started) is var now && now < TimeSpan.FromSeconds(ShortTtl) + Tolerance)
        {
            if (jumped < jumps.Length && now >= jumps[jumped].At)
            {
                clock.Set(jumps[jumped++].To);
                lastJump = now;
            }

            using var beat = await beacon.Client.PutAsync($"{Api.Services}/{renewed}/heartbeat", null, token);
            Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
            var ends = await EndsAsync(beacon, token);
            Assert.Contains(Renewed, ends.Keys);
            silentGone ??= ends.ContainsKey(Silent) ? null : Stopwatch.GetElapsedTime(started);
            if (now > lastJump + FollowLimit)
            {
                AssertNear(clock.Now + TimeSpan.FromSeconds(ShortTtl), ends[Renewed], Tolerance);
                AssertNear(clock.Now + TimeSpan.FromSeconds(LongTtl) - now, ends[Patient], Tolerance + PollEvery);
            }

            await Task.Delay(PollEvery, token);
        }

        output.WriteLine($"without heartbeats gone after {silentGone?.TotalSeconds:F2} s, lease {ShortTtl} s");
        Assert.Equal(jumps.Length, jumped);
        Assert.NotNull(silentGone);
        Assert.InRange(silentGone.Value, TimeSpan.FromSeconds(ShortTtl) - Tolerance, TimeSpan.FromSeconds(ShortTtl) + Tolerance);
    }

    /// <summary>Each happening bears the time that the clock showed then, and the order is that of what happened.</summary>
    private static async Task AssertEventTimesAsync(BeaconProcess beacon, WallClock clock, CancellationToken token)
    {
        var document = await beacon.Client.GetFromJsonAsync<JsonElement>("/api/v1/events", token);
        var events = document.GetProperty("events").EnumerateArray().Reverse()
            .Select(x => (Kind: x.GetProperty("kind").GetString()!, At: x.GetProperty("timestamp").GetDateTimeOffset())).ToList();
        Assert.Equal(["beacon_started", "service_registered", "service_registered", "service_registered", "service_expired"], events.Select(x => x.Kind));
        Assert.All(events.SkipLast(1), x => Assert.InRange(x.At, PowerOn, PowerOn + TimeSpan.FromMinutes(1)));
        AssertNear(clock.Now, events[^1].At, Tolerance * 3);
    }

    private static async Task AssertStoredLeasesAsync(BeaconProcess beacon, WallClock clock, CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        TimeSpan? gone = null;
        while (Stopwatch.GetElapsedTime(started) is var now && now < TimeSpan.FromSeconds(ShortTtl) + Tolerance)
        {
            var ends = await EndsAsync(beacon, token);
            gone ??= ends.ContainsKey(Renewed) ? null : now;
            var end = clock.Now + TimeSpan.FromSeconds(LongTtl) - now;
            Assert.InRange(ends[Patient], end - (Tolerance * 2), end + Tolerance);
            await Task.Delay(PollEvery, token);
        }

        Assert.NotNull(gone);
        Assert.InRange(gone.Value, TimeSpan.FromSeconds(ShortTtl) - (Tolerance * 2), TimeSpan.FromSeconds(ShortTtl) + Tolerance);
    }

    private static async Task<string> RegisterAsync(BeaconProcess beacon, string name, int ttl, CancellationToken token)
    {
        using var body = Api.Json($$"""{"name":"{{name}}","host":"192.0.2.7","port":80,"ttl":{{ttl}}}""");
        using var answer = await beacon.Client.PostAsync(Api.Register, body, token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("service_id").GetString()!;
    }

    private static async Task<Dictionary<string, DateTimeOffset>> EndsAsync(BeaconProcess beacon, CancellationToken token)
    {
        var list = await beacon.Client.GetFromJsonAsync<JsonElement>(Api.Services, token);
        return list.GetProperty("services").EnumerateArray().ToDictionary(
            x => x.GetProperty("name").GetString()!, x => x.GetProperty("expires_at").GetDateTimeOffset());
    }

    private static void AssertNear(DateTimeOffset expected, DateTimeOffset actual, TimeSpan tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
