using System.Net;
using System.Text.Json.Nodes;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;
using Beacon.Registry.Services;
using Beacon.Storage;
using Beacon.Storage.Events;
using Beacon.Storage.Health;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Beacon.Aot.Tests.Events;

/// <summary>The event log as part of the whole program.</summary>
public sealed class EventApplianceTests : IDisposable
{
    private readonly ApplianceStore _store = ApplianceStore.InMemory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_start_a_change_and_a_stop_are_kept_in_order_and_shown_after_the_next_start()
    {
        await RunAsync(async http =>
        {
            using var answer = await http.PostAsync(
                new Uri("/api/v1/services/register", UriKind.Relative),
                new StringContent("""{"name":"nas","host":"192.168.1.9","port":80}""", null, "application/json"),
                Token);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        });

        await RunAsync(async http =>
        {
            var events = JsonNode.Parse(await http.GetStringAsync(new Uri("/api/v1/events", UriKind.Relative), Token))!["events"]!.AsArray();
            Assert.Equal(
                ["beacon_started", "beacon_stopped", "service_registered", "beacon_started"],
                events.Select(x => x!["kind"]!.GetValue<string>()));
            Assert.Equal("127.0.0.1", events[2]!["source"]!.GetValue<string>());
        });

        var last = (await _store.Events.ReadAsync(new EventQuery { Limit = 1 }, Token)).Entries[0];
        Assert.Equal(EventKind.BeaconStopped, last.Kind);
    }

    [Fact]
    public async Task A_store_that_refuses_is_told_once_it_turns_clients_away_and_when_it_works_again()
    {
        var disk = new SwitchedStore();
        var records = new MemoryStore();
        using var store = new ApplianceStore("test", disk, records, new MemoryHealthStore(), new MemoryEventStore());
        await RunAsync(store, async http =>
        {
            disk.IsAway = true;
            using var registration = new StringContent("""{"name":"nas","host":"192.168.1.9","port":80}""", null, "application/json");
            using var answer = await http.PostAsync(new Uri("/api/v1/services/register", UriKind.Relative), registration, Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("No space left on device", (await WaitForAsync(http, "store_failed"))["detail"]!.GetValue<string>());
            disk.IsAway = false;
            await WaitForAsync(http, "store_recovered");
        });
    }

    private static async Task<JsonNode> WaitForAsync(HttpClient http, string kind)
    {
        while (true)
        {
            var page = JsonNode.Parse(await http.GetStringAsync(new Uri($"/api/v1/events?kind={kind}", UriKind.Relative), Token))!;
            if (page["events"]!.AsArray() is [{ } entry])
            {
                return entry;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }
    }

    private Task RunAsync(Func<HttpClient, Task> work) => RunAsync(_store, work);

    private static async Task RunAsync(ApplianceStore store, Func<HttpClient, Task> work)
    {
        var options = new BeaconOptions { DataDirectory = Path.GetTempPath(), Host = IPAddress.Loopback, Port = 0, MdnsEnabled = false };
        await using var app = BeaconHost.Build(options, store, _ => { });
        await app.StartAsync(Token);
        using var http = new HttpClient
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        };
        await work(http);
        await app.StopAsync(Token);
    }

    private sealed class SwitchedStore : IServiceStore
    {
        private readonly MemoryStore _inner = new();

        public bool IsAway { get; set; }

        public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) => _inner.LoadAllAsync(cancellationToken);

        public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken) =>
            IsAway ? Task.FromException(new IOException("No space left on device")) : _inner.ApplyAsync(batch, cancellationToken);

        public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _inner.PingAsync(cancellationToken);
    }
}
