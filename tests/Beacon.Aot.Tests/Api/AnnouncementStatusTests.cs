using System.Net;
using Beacon.Mdns.Publishing;

namespace Beacon.Aot.Tests.Api;

public sealed class AnnouncementStatusTests
{
    [Theory]
    [InlineData(AnnouncementState.Announced, "announced", null)]
    [InlineData(AnnouncementState.Probing, "probing", null)]
    [InlineData(AnnouncementState.WaitingForAddress, "waiting_for_address", null)]
    [InlineData(AnnouncementState.Refused, "refused", "No interface")]
    public async Task B22_a_services_status_says_whether_the_network_can_find_it(AnnouncementState state, string shown, string? reason)
    {
        var announcement = new MdnsAnnouncement(
            state, "sensor (2)", "_http._tcp", "beacon-192-168-1-50.local", [IPAddress.Parse("192.168.1.50")], reason)
        {
            Port = 8080,
            Txt = ["type=iot", "note=ü"],
        };
        await using var api = await ApiHarness.StartAsync(announcement: _ => announcement);
        var id = await api.AddAsync("sensor");

        var mdns = (await api.GetAsync($"/api/v1/services/{id}/status")).Json["mdns"]!;

        Assert.Equal(shown, mdns["state"]!.GetValue<string>());
        Assert.Equal("sensor (2)", mdns["instance"]!.GetValue<string>());
        Assert.Equal("""["192.168.1.50"]""", mdns["addresses"]!.ToJsonString());
        Assert.Equal(8080, mdns["port"]!.GetValue<int>());
        Assert.Equal(["type=iot", "note=ü"], mdns["txt"]!.AsArray().Select(text => text!.GetValue<string>()));
        Assert.Equal(reason, mdns["reason"]?.GetValue<string>());
    }
}
