using System.Net;
using System.Text.Json.Nodes;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.About;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task What_is_in_force_is_shown_with_where_it_comes_from_and_no_secret_is()
    {
        var environment = new Dictionary<string, string>
        {
            ["BEACON_DATA_DIR"] = "/nowhere",
            ["BEACON_MDNS"] = "off",
            ["BEACON_MONGODB_URL"] = "mongodb://beacon:geheim@10.0.0.1/services",
        };
        var values = SettingValues.Gather(new Dictionary<string, string> { ["host"] = "127.0.0.1", ["default-ttl"] = "120" }, null, environment);
        var options = new OptionsReader(values, environment).Read() with { Port = 0, Mongo = null, Host = IPAddress.Loopback };
        using var store = ApplianceStore.InMemory();
        await using var app = BeaconHost.Build(options with { InForce = SettingInForce.All(values, options) }, store, _ => { });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        var text = await client.GetStringAsync("/api/v1/configuration", TestContext.Current.CancellationToken);
        var settings = JsonNode.Parse(text)!["settings"]!.AsArray().ToDictionary(setting => setting!["name"]!.GetValue<string>());

        Assert.Equal(Settings.All.Select(setting => setting.Variable), settings.Keys);
        Assert.Equal(("120", "command line"), Shown("BEACON_DEFAULT_TTL"));
        Assert.Equal(("/nowhere", "environment"), Shown("BEACON_DATA_DIR"));
        Assert.Equal(("/api/v1", "default"), Shown("API_PREFIX"));
        Assert.Equal((null, "environment"), Shown("BEACON_MONGODB_URL"));
        Assert.True(settings["BEACON_MONGODB_URL"]!["hidden"]!.GetValue<bool>());
        Assert.DoesNotContain("geheim", text);

        (string? Value, string Source) Shown(string name) =>
            (settings[name]!["value"]?.GetValue<string>(), settings[name]!["source"]!.GetValue<string>());
    }
}
