using System.Net;
using System.Net.Sockets;
using Beacon.Client.Tests.Support;
using Beacon.Testing;

namespace Beacon.Client.Tests;

/// <summary>With Beacon away, back, emptied, or somebody else in its place.</summary>
public sealed class AbsenceTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Uri Elsewhere = new("http://192.0.2.1");
    private static readonly ServiceRegistration Lamp = new("lamp", 80) { Host = "192.0.2.7", Ttl = 10 };

    [Fact]
    public async Task An_emptied_Beacon_gets_the_service_again_without_anybody_asking()
    {
        await using var beacon = new BeaconBinary();
        await beacon.InitializeAsync();
        var client = new BeaconClient(beacon.Http, beacon.Address);
        await using var registration = new BeaconRegistration(client, Lamp, () => 0);
        await registration.StartAsync(Token);
        var first = registration.ServiceId;

        await beacon.KillAsync();
        await beacon.StartAsync();
        Assert.Empty(await client.DiscoverAsync(cancellationToken: Token));
        await UntilAsync(async () => (await client.DiscoverAsync(cancellationToken: Token)).Count == 1);

        Assert.NotEqual(first, registration.ServiceId);
    }

    [Fact]
    public async Task A_program_may_start_before_Beacon_does()
    {
        await using var beacon = new BeaconBinary();
        var client = new BeaconClient(beacon.Http, beacon.Address);
        await using (var registration = await client.KeepRegisteredAsync(Lamp, Token))
        {
            Assert.Null(registration.ServiceId);
            Assert.True(registration.LastError!.IsTransient);
            await beacon.StartAsync();
            await UntilAsync(() => Task.FromResult(registration.ServiceId is not null));
            Assert.Single(await client.DiscoverAsync(cancellationToken: Token));
        }

        Assert.Empty(await client.DiscoverAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task An_hour_of_absence_is_not_filled_with_requests_and_told_once()
    {
        using var network = Scripted.Unreachable();
        using var http = new HttpClient(network);
        var clock = new TestClock();
        var registration = new BeaconRegistration(new BeaconClient(http, Elsewhere, clock), Lamp, () => 0);
        var told = new List<string>();
        registration.Problem += (_, error) => told.Add(error.Message);
        await registration.StartAsync(Token);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromHours(1); passed += TimeSpan.FromSeconds(1))
        {
            await UntilAsync(() => Task.FromResult(clock.Armed > 0));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await registration.DisposeAsync();
        Assert.InRange(network.Requests, 50, 130);
        Assert.Equal(["Beacon cannot be reached: Connection refused"], told);
    }

    [Fact]
    public void Waits_double_up_to_a_minute_and_are_never_shorter_than_Beacon_asked()
    {
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(1, 8).Select(failures => Retry.After(failures, TimeSpan.Zero, 1).TotalSeconds));
        Assert.Equal(Retry.Longest, Retry.After(int.MaxValue, TimeSpan.Zero, 1));
        Assert.Equal(TimeSpan.FromSeconds(0.5), Retry.After(1, TimeSpan.Zero, 0));
        Assert.Equal(TimeSpan.FromSeconds(20), Retry.After(1, TimeSpan.FromSeconds(20), 1));
        Assert.Equal(TimeSpan.FromMinutes(5), Retry.After(1, TimeSpan.MaxValue, 1));
    }

    [Fact]
    public async Task What_Beacon_asks_to_wait_is_waited()
    {
        using var network = new Scripted(() =>
        {
            var full = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("""{"detail":"The registry is full"}""") };
            full.Headers.Add("Retry-After", "90");
            return full;
        });
        using var http = new HttpClient(network);
        await using var registration = new BeaconRegistration(new BeaconClient(http, Elsewhere), Lamp, () => 0);

        Assert.Equal(TimeSpan.FromSeconds(90), await registration.StepAsync(Token));
        Assert.Equal("The registry is full", registration.LastError!.Message);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{\"service_id\":null}")]
    [InlineData("{\"service_id\":\"1\",\"ttl\":\"soon\"}")]
    public async Task What_is_no_Beacon_is_an_error_and_not_a_crash(string body)
    {
        using var network = Scripted.Answering(HttpStatusCode.Created, body);
        using var http = new HttpClient(network);
        await using var registration = new BeaconRegistration(new BeaconClient(http, Elsewhere), Lamp, () => 0);

        Assert.True(await registration.StepAsync(Token) <= Retry.Longest);
        Assert.NotNull(registration.LastError);
        Assert.Null(registration.ServiceId);
    }

    [Fact]
    public async Task A_refusal_in_words_that_are_not_Beacons_is_told_by_its_status()
    {
        foreach (var body in (string[])["<html>", "{}", "{\"detail\":7}", "{\"detail\":[{}]}", "{\"detail\":[7]}", "[]"])
        {
            using var network = Scripted.Answering(HttpStatusCode.BadGateway, body);
            using var http = new HttpClient(network);
            var refused = await Assert.ThrowsAsync<BeaconException>(() => new BeaconClient(http, Elsewhere).HeartbeatAsync("x", Token));
            Assert.Equal(("HTTP status 502", true), (refused.Message, refused.IsTransient));
        }
    }

    [Fact]
    public async Task A_Beacon_found_by_mDNS_is_looked_for_again_when_nobody_answers_there()
    {
        using var network = Scripted.Unreachable();
        using var http = new HttpClient(network);
        var asked = 0;
        var client = new BeaconClient(http, null, null, _ => Task.FromResult(++asked > 1 ? new Uri("http://192.0.2.1:8080/api/v1/") : null));

        var nobody = await Assert.ThrowsAsync<BeaconException>(() => client.HeartbeatAsync("x", Token));
        Assert.StartsWith("No Beacon answered", nobody.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BeaconException>(() => client.HeartbeatAsync("x", Token));
        await Assert.ThrowsAsync<BeaconException>(() => client.HeartbeatAsync("x", Token));

        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_Beacon_that_hangs_holds_nobody_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var http = new HttpClient();
        var begun = TimeProvider.System.GetTimestamp();
        var client = new BeaconClient(http, new Uri($"http://{silent.LocalEndpoint}")) { RequestTimeout = TimeSpan.FromMilliseconds(300) };
        await using (var registration = await client.KeepRegisteredAsync(Lamp, Token))
        {
            Assert.StartsWith("Beacon cannot be reached: no answer within 0.3 s", registration.LastError!.Message, StringComparison.Ordinal);
            await Task.Delay(TimeSpan.FromSeconds(1.1), Token); // Into the second try.
        }

        Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task An_address_is_a_host_or_with_a_path_the_root_of_an_API_and_anything_else_is_refused_at_once()
    {
        using var http = new HttpClient();
        Assert.Equal("https://example.org/beacon/api/v1/", (await new BeaconClient(http, new Uri("https://example.org/beacon/api/v1")).GetRootAsync(Token)).AbsoluteUri);
        Assert.Equal("http://192.0.2.1:8080/api/v1/", (await new BeaconClient(http, new Uri("http://192.0.2.1:8080/")).GetRootAsync(Token)).AbsoluteUri);
        Assert.All(["beacon.local:8080", "ftp://beacon.local", "beacon.local"], url =>
            Assert.Throws<ArgumentException>(() => new BeaconClient(http, new Uri(url, UriKind.RelativeOrAbsolute))));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var end = TimeProvider.System.GetTimestamp(); !await condition();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(end) < Patience, "it did not happen in time");
            await Task.Delay(TimeSpan.FromMilliseconds(1), Token);
        }
    }
}
