using System.Globalization;

namespace Beacon.Aot.Tests.Live;

/// <summary>Defects of the earlier implementation, by their numbers, and the clients that were written for it.</summary>
public sealed class LiveDefectTests
{
    [Fact]
    public async Task B10_registration_expiry_and_clean_up_are_told()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        rig.Add("lamp");
        rig.Pass(TimeSpan.FromSeconds(61));
        rig.Registry.CleanUp(TimeSpan.Zero, out _);

        var types = (await client.ReceiveUpToAsync(rig.Newest)).Select(message => message["type"]!.GetValue<string>());
        Assert.Equal(["service_registered", "service_expired", "service_deregistered", "services_cleanup"], types);
    }

    [Fact]
    public async Task B11_the_timestamp_is_unix_time_also_after_the_wall_clock_was_set()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        rig.Clock.StepWallClock(TimeSpan.FromDays(400));
        rig.Pass(TimeSpan.FromSeconds(1));
        rig.Add("lamp");

        var timestamp = (await client.ReceiveAsync())["timestamp"]!.GetValue<double>();
        Assert.Equal(rig.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, timestamp);
    }

    [Fact]
    public async Task The_old_dashboard_shows_exactly_what_is_registered_through_a_services_whole_life()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();
        var dashboard = new OldDashboard();

        async Task FollowAsync(params string[] names)
        {
            await rig.SettleAsync();
            foreach (var message in await client.ReceiveUpToAsync(rig.Newest))
            {
                dashboard.Take(message);
            }

            Assert.Equal(names, dashboard.Names);
        }

        var lamp = rig.Add("lamp");
        rig.Add("radio", ttl: 600);
        await FollowAsync("lamp", "radio");

        rig.Add("lamp", type: "mqtt");
        await FollowAsync("lamp", "radio");
        Assert.Equal("mqtt", dashboard.Cards[0]["type"]!.GetValue<string>());

        rig.Clock.Advance(TimeSpan.FromSeconds(30));
        rig.Registry.Renew(lamp.Id, null, out var renewed);
        rig.Registry.Advance();
        await FollowAsync("lamp", "radio");
        Assert.Equal(
            renewed.Lease.ExpiresAt, DateTimeOffset.Parse(dashboard.Cards[0]["expires_at"]!.GetValue<string>(), CultureInfo.InvariantCulture));

        // The message for the lease's end comes with one the dashboard knows, in that order; the next one must not be mistaken for it.
        rig.Pass(TimeSpan.FromSeconds(61));
        await rig.SettleAsync();
        dashboard.Take(await client.ReceiveAsync());
        Assert.Equal(["lamp", "radio"], dashboard.Names);
        dashboard.Take(await client.ReceiveAsync());
        Assert.Equal(["radio"], dashboard.Names);

        rig.Registry.Renew(lamp.Id, null, out _);
        rig.Registry.Advance();
        await FollowAsync("radio", "lamp");

        rig.Pass(TimeSpan.FromSeconds(61));
        await rig.SettleAsync();
        (await client.ReceiveAsync(2)).ForEach(dashboard.Take);
        rig.Add("lamp");
        await FollowAsync("radio", "lamp");

        rig.Registry.Deregister(lamp.Id);
        await FollowAsync("radio");

        rig.Pass(TimeSpan.FromSeconds(600));
        await rig.SettleAsync();
        (await client.ReceiveAsync(2)).ForEach(dashboard.Take);
        rig.Registry.CleanUp(TimeSpan.Zero, out _);
        await FollowAsync();
        Assert.Equal(1, dashboard.Refetches);
    }

    [Fact]
    public async Task The_node_client_finds_name_and_id_where_it_looks()
    {
        await using var rig = new LiveRig();
        var client = await rig.ConnectAsync();

        var id = rig.Add("lamp").Id;
        rig.Registry.Deregister(id);

        var registered = await client.ReceiveAsync();
        var deregistered = await client.ReceiveAsync();
        Assert.Equal("lamp", registered["data"]!["name"]!.GetValue<string>());
        Assert.Equal(id.ToString(), deregistered["data"]!["service_id"]!.GetValue<string>());
    }
}
