using System.Text.Json;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Registry;
using Beacon.Registry.Services;
using Beacon.Storage;
using Beacon.Storage.Events;
using Beacon.Storage.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.About;

/// <summary>What Beacon says of itself, from the whole appliance with a store of the test's choice.</summary>
public sealed class AboutTests : IAsyncLifetime
{
    private readonly FailingStore _store = new();
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BeaconOptions { DataDirectory = "/nowhere", Port = 0, Host = System.Net.IPAddress.Loopback, MdnsEnabled = false };
        _app = BeaconHost.Build(options, new ApplianceStore("test", _store, new MemoryStore(), new MemoryHealthStore(), new MemoryEventStore()), _ => { });
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Health_counts_what_is_really_there()
    {
        var registry = _app.Services.GetRequiredService<ServiceRegistry>();
        registry.Register(new Registration { Name = "a", Host = "10.0.0.1", Port = 1 });
        registry.Register(new Registration { Name = "b", Host = "10.0.0.1", Port = 1 });

        var health = await GetAsync("/api/v1/health");

        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(2, health.GetProperty("services").GetProperty("total").GetInt32());
        Assert.Equal(2, health.GetProperty("services").GetProperty("active").GetInt32());
        Assert.Equal(2, health.GetProperty("memory").GetProperty("cache_size").GetInt32());
        Assert.True(health.GetProperty("memory").GetProperty("used_mb").GetDouble() > 1);
        Assert.True(health.GetProperty("uptime").GetDouble() > 0);
        Assert.True(health.GetProperty("database").GetProperty("connected").GetBoolean());
        Assert.Equal("test", health.GetProperty("database").GetProperty("type").GetString());
        Assert.False(health.GetProperty("mdns").GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task B16_a_store_in_trouble_is_degraded_and_never_an_empty_truth()
    {
        _app.Services.GetRequiredService<ServiceRegistry>().Register(new Registration { Name = "a", Host = "10.0.0.1", Port = 1 });
        _store.IsBroken = true;

        var health = await GetAsync("/api/v1/health");

        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.False(health.GetProperty("database").GetProperty("connected").GetBoolean());
        Assert.Equal(JsonValueKind.Null, health.GetProperty("database").GetProperty("ping_ms").ValueKind);
        Assert.Equal(1, (await GetAsync("/api/v1/services")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/ready", """{"status":"ready"}""")]
    [InlineData("/api/v1/ready/", """{"status":"ready"}""")]
    [InlineData("/api/v1/live", """{"status":"alive"}""")]
    public async Task Ready_and_live_say_one_word(string path, string body) => Assert.Equal(body, await _client.GetStringAsync(path, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_index_of_the_API_names_what_clients_look_for()
    {
        var index = await GetAsync("/api");

        Assert.Equal("/api/v1", index.GetProperty("prefix").GetString());
        Assert.Equal("/api/v1/services", index.GetProperty("endpoints").GetProperty("services").GetString());
        Assert.Equal("/api/v1/services/discover", index.GetProperty("endpoints").GetProperty("discovery").GetString());
        Assert.Equal("/api/v1/health", index.GetProperty("endpoints").GetProperty("health").GetString());
        Assert.Equal("/api/v1/ws", index.GetProperty("endpoints").GetProperty("websocket").GetString());
    }

    [Fact]
    public async Task The_root_leads_to_the_documentation()
    {
        var root = await GetAsync("/");

        Assert.Equal("/api/docs", root.GetProperty("docs").GetString());
        Assert.Equal("/api/v1/health", root.GetProperty("health").GetString());
    }

    /// <summary>Every answer about Beacon itself, whole: a member that goes, comes or changes its kind is seen in review.</summary>
    [Fact]
    public async Task What_Beacon_says_of_itself_is_as_recorded()
    {
        _app.Services.GetRequiredService<ServiceRegistry>().Register(new Registration { Name = "a", Host = "10.0.0.1", Port = 1 });
        var recorded = new AboutSnapshot(_client);
        foreach (var path in new[] { "/", "/api", "/api/v1/live", "/api/v1/ready", "/api/v1/health", "/api/v1/mdns", "/api/v1/mdns?state=x&limit=0" })
        {
            await recorded.GetAsync(path, TestContext.Current.CancellationToken);
        }

        _store.IsBroken = true;
        await recorded.GetAsync("/api/v1/health", TestContext.Current.CancellationToken);

        recorded.Check();
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync(path, TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    private sealed class FailingStore : IServiceStore
    {
        private readonly MemoryStore _inner = new();

        public bool IsBroken { get; set; }

        public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) => _inner.LoadAllAsync(cancellationToken);

        public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken) =>
            IsBroken ? throw new IOException("disk gone") : _inner.ApplyAsync(batch, cancellationToken);

        public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) =>
            IsBroken ? throw new IOException("disk gone") : _inner.PingAsync(cancellationToken);
    }
}
