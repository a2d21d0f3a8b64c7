using System.Net;
using Beacon.Client.Tests.Support;

namespace Beacon.Client.Tests;

/// <summary>With Beacon there: the client against the published binary.</summary>
public sealed class ClientTests(BeaconBinary beacon) : IClassFixture<BeaconBinary>
{
    private const string Host = "192.0.2.7";
    private const int ShortestTtl = 10;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly BeaconClient _client = new(beacon.Http, beacon.Address);

    [Fact]
    public async Task A_service_is_found_until_it_is_disposed()
    {
        var wish = new ServiceRegistration("printer", 631)
        {
            Host = Host,
            Type = "ipp",
            Ttl = 60,
            Tags = ["office"],
            Metadata = new Dictionary<string, string> { ["floor"] = "2" },
        };
        await using (var registration = await _client.KeepRegisteredAsync(wish, Token))
        {
            var filter = new ServiceFilter { Type = "ipp", Tags = ["office", "nowhere"], Metadata = wish.Metadata };
            var found = Assert.Single(await _client.DiscoverAsync(filter, Token));
            Assert.Equal((registration.ServiceId, "printer", Host, 631, 60), (found.ServiceId, found.Name, found.Host, found.Port, found.Ttl));
            Assert.True(found.ExpiresAt > TimeProvider.System.GetUtcNow());
        }

        Assert.Empty(await _client.DiscoverAsync(new ServiceFilter { Type = "ipp" }, Token));
        await _client.DeregisterAsync("it is gone already", Token);
    }

    [Theory]
    [InlineData("Küche Broker")]
    [InlineData("プリンター")]
    [InlineData("🌡 sensor & more?")]
    [InlineData("quote \" and \\ backslash")]
    public async Task Names_of_every_alphabet_arrive_as_they_are(string name)
    {
        var metadata = new Dictionary<string, string> { ["räum"] = name };
        await using var registration = await _client.KeepRegisteredAsync(new ServiceRegistration(name, 80) { Host = Host, Metadata = metadata }, Token);

        var found = Assert.Single(await _client.DiscoverAsync(new ServiceFilter { Name = name }, Token));
        Assert.Equal(name, found.Name);
        Assert.Equal(metadata, found.Metadata);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.999)]
    public async Task A_renewal_moves_the_end_of_the_lease_and_is_due_long_before_it(double chance)
    {
        await using var registration = new BeaconRegistration(_client, new ServiceRegistration("lamp", 80) { Host = Host, Ttl = ShortestTtl }, () => chance);

        var wait = await registration.StepAsync(Token);
        Assert.InRange(wait.TotalSeconds, ShortestTtl / 4.0, ShortestTtl / 2.0);
        var before = await _client.GetServiceAsync(registration.ServiceId!, Token);
        await registration.StepAsync(Token);

        Assert.True((await _client.GetServiceAsync(registration.ServiceId!, Token)).ExpiresAt > before.ExpiresAt);
    }

    [Fact]
    public async Task Wrong_input_is_answered_with_what_Beacon_says_of_it()
    {
        var refused = await Assert.ThrowsAsync<BeaconException>(() => _client.KeepRegisteredAsync(new ServiceRegistration("lamp", 0) { Host = Host, Ttl = 1 }, Token));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("port: Input should be greater than or equal to 1; ttl: Input should be greater than or equal to 10", refused.Message);
        Assert.False(refused.IsTransient);

        var unknown = await Assert.ThrowsAsync<BeaconException>(() => _client.HeartbeatAsync("no such id", Token));
        Assert.Equal((HttpStatusCode.NotFound, "Service not found"), (unknown.StatusCode, unknown.Message));
    }

    [Fact]
    public async Task Without_a_host_it_is_this_machine_as_others_see_it_and_one_that_was_elsewhere_keeps_its_id()
    {
        await using var registration = new BeaconRegistration(_client, new ServiceRegistration("moving", 80), () => 0);
        await registration.StepAsync(Token);
        var id = registration.ServiceId!;
        await _client.MoveAsync(id, Host, Token);
        Assert.Equal(Host, (await _client.GetServiceAsync(id, Token)).Host);

        await _client.MoveAsync(id, await _client.GetOwnAddressAsync(Token), Token);
        await registration.StepAsync(Token);

        var service = await _client.GetServiceAsync(id, Token);
        Assert.Equal(await _client.GetOwnAddressAsync(Token), service.Host);
        Assert.False(service.Host.StartsWith("127.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_longer_than_a_page_comes_whole()
    {
        const int Lamps = 103;
        var lamps = await Task.WhenAll(Enumerable.Range(0, Lamps).Select(number =>
            _client.RegisterAsync(new ServiceRegistration($"lamp {number}", 80) { Host = Host, Type = "lamp" }, Token)));

        var found = await _client.DiscoverAsync(new ServiceFilter { Type = "lamp" }, Token);

        Assert.Equal(lamps.Select(lamp => lamp.ServiceId).Order(), found.Select(lamp => lamp.ServiceId).Order());
    }
}
