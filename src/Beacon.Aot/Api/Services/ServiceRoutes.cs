using Beacon.Aot.Logging;
using Beacon.Aot.Metrics;
using Beacon.Aot.Security;
using Beacon.Registry;
using Beacon.Storage;

namespace Beacon.Aot.Api.Services;

internal static class ServiceRoutes
{
    private const string One = "/{" + RouteId.Name + "}";
    private const string Heartbeat = "/heartbeat";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Before everything else, so that nothing stands in the way of the most frequent requests.</summary>
    public static void UseShortcuts(this IApplicationBuilder app, string prefix)
    {
        var services = app.ApplicationServices;
        var (registry, policy) = (services.GetRequiredService<ServiceRegistry>(), services.GetRequiredService<OriginPolicy>());
        var (beats, reads) = (Clock(HttpMethods.Put, One + Heartbeat), Clock(HttpMethods.Get, One));
        app.Use(next => new HeartbeatShortcut(next, prefix, registry, policy, beats).InvokeAsync);
        app.Use(next => new LookupShortcut(next, prefix, registry, reads).InvokeAsync);

        RequestClock? Clock(string method, string route) => services.GetService<MetricsCollector>() is { } collector
            ? new RequestClock(collector, services.GetRequiredService<TimeProvider>(), method, $"{prefix}/services{route}")
            : null;
    }

    /// <summary>Routing takes every path with and without a slash at its end, and prefers the words below to an id.</summary>
    public static void MapServices(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var registry = services.GetRequiredService<ServiceRegistry>();
        var settings = services.GetRequiredService<ApiSettings>();
        var reads = new ServiceReadEndpoints(registry, settings);
        var sight = new Sight(registry, settings);
        var beats = new HeartbeatEndpoint(registry);
        var stored = new StoredChanges(
            services.GetRequiredService<WriteThrough>(), new RefusalLog(services.Logger<StoredChanges>(), services.GetRequiredService<TimeProvider>()));
        var writes = new ServiceWriteEndpoints(registry, stored, settings, services.Logger<ServiceWriteEndpoints>());
        var maintenance = new MaintenanceEndpoints(
            registry, stored, services.GetRequiredService<TimeProvider>(), services.Logger<MaintenanceEndpoints>());

        endpoints.MapPost(prefix + "/heartbeats", new HeartbeatsEndpoint(registry, settings).Beat);
        var group = endpoints.MapGroup(prefix + "/services");
        group.MapMethods("/", Read, sight.OfAll(reads.List));
        group.MapMethods("/discover", Read, sight.OfAll(reads.Discover));
        group.MapPost("/discover", sight.OfAll(reads.DiscoverByBody));
        group.MapMethods("/types", Read, sight.OfAll(reads.Types));
        group.MapMethods("/tags", Read, sight.OfAll(reads.Tags));
        group.MapMethods("/expired", Read, sight.OfAll(reads.Expired));
        group.MapPost("/register", writes.Register);
        group.MapDelete("/cleanup", writes.CleanUp);

        group.MapMethods(One, Read, sight.OfOne(reads.Get));
        group.MapMethods(One + "/status", Read, sight.OfOne(reads.Status));
        group.MapPut(One, sight.OfOne(writes.Update));
        group.MapPut(One + Heartbeat, sight.OfOne(beats.Beat));
        group.MapPut(One + "/maintenance", sight.OfOne(maintenance.Begin));
        group.MapDelete(One + "/maintenance", sight.OfOne(maintenance.End));
        group.MapDelete(One, sight.OfOne(writes.Deregister));
    }
}
