using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Docs;
using Beacon.Aot.Api.Events;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Statistics;
using Beacon.Aot.Security;
using Beacon.Aot.Status;
using Beacon.Features.Events;
using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Features.Statistics;
using Beacon.Features.Status;
using Beacon.Mdns.Publishing;
using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage;
using Beacon.Storage.Events;
using Beacon.Storage.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Aot.Tests.Api;

/// <summary>
/// The API alone on a free port of the loopback address: the real server, routing and registry, a store of the test's choice, and no
/// mDNS, so that a test of the contract depends on nothing else.
/// </summary>
internal sealed class ApiHarness : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WriteThrough _writeThrough;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _storing;

    private ApiHarness(WebApplication app, WriteThrough writeThrough)
    {
        _app = app;
        _writeThrough = writeThrough;
        _storing = writeThrough.RunAsync(_stopping.Token);
        Registry = app.Services.GetRequiredService<ServiceRegistry>();
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public ServiceRegistry Registry { get; }

    public HealthHistory History => _app.Services.GetRequiredService<HealthHistory>();

    public EventLog Events => _app.Services.GetRequiredService<EventLog>();

    public TrafficCounter Traffic => _app.Services.GetRequiredService<TrafficCounter>();

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IEnumerable<RouteEndpoint> Routes => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static async Task<ApiHarness> StartAsync(
        IServiceStore? store = null,
        IReadOnlyList<string>? origins = null,
        TimeProvider? time = null,
        RegistryLimits? limits = null,
        string prefix = "/api/v1",
        Func<ServiceId, MdnsAnnouncement?>? announcement = null,
        IHealthHistoryStore? history = null,
        IEventStore? events = null,
        StatusOptions? status = null,
        bool isBlind = false)
    {
        time ??= TimeProvider.System;
        var registry = new ServiceRegistry(time, limits ?? new RegistryLimits(), new EventHub());
        var writeThrough = new WriteThrough(registry, store ?? new MemoryStore(), TimeProvider.System, NullLogger.Instance);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton(writeThrough);
        builder.Services.AddSingleton(new HealthMonitor(registry, new SilentProbe(), [], new HealthOptions(), time, NullLogger.Instance));
        var traffic = new TrafficCounter();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new ApiSettings(announcement ?? (_ => null)) { OnDiscovery = traffic.Lookup });
        history ??= new MemoryHealthStore();
        builder.Services.AddSingleton(x => new HealthHistory(history, new HealthHistoryOptions(), _ => ServicePresence.Checked, time, NullLogger.Instance));
        builder.Services.AddSingleton(traffic);
        builder.Services.AddSingleton(x => new TrafficHistory(traffic, history, time, NullLogger.Instance));
        builder.Services.AddSingleton(x => new EventLog(
            events ?? new MemoryEventStore(), registry.Events, new EventLogOptions(), time, NullLogger.Instance));
        builder.Services.AddSingleton(new OriginPolicy(origins ?? [OriginPolicy.Any]));
        builder.Services.AddSingleton(x => new StatusKeeper(
            status ?? new StatusOptions(), registry, x.GetRequiredService<HealthHistory>(), () => isBlind, time, NullLogger.Instance));
        var app = builder.Build();
        app.UseShortcuts(prefix);
        app.UseRequestSecurity();
        if (status is not null)
        {
            StatusEndpoint.Map(app);
        }

        app.MapServices(prefix);
        HealthEndpoints.Map(app, prefix);
        StatisticsEndpoint.Map(app, prefix);
        EventEndpoint.Map(app, prefix);
        app.MapApiDocs(prefix);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, writeThrough);
    }

    public async Task<ApiReply> SendAsync(
        string method, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ApiReply.ReadAsync(response);
    }

    public Task<ApiReply> GetAsync(string path) => SendAsync("GET", path);

    public Task<ApiReply> RegisterAsync(string body) => SendAsync("POST", "/api/v1/services/register", body);

    /// <summary>Registers and returns the id.</summary>
    public async Task<string> AddAsync(string name, string more = "")
    {
        var reply = await RegisterAsync($$"""{"name":"{{name}}","host":"192.168.1.50","port":8080{{more}}}""");
        Assert.Equal(201, reply.Status);
        return reply.Text("service_id");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _stopping.CancelAsync();
        try
        {
            await _storing;
        }
        catch (OperationCanceledException)
        {
            // Asked for just above.
        }

        _writeThrough.Dispose();
        _stopping.Dispose();
    }
}
