using Beacon.Registry;
using Beacon.Storage;

namespace Beacon.Aot.Api.Services;

internal static class ServiceRoutes
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Routing takes every path with and without a slash at its end, and prefers the words below to an id.</summary>
    public static void MapServices(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var registry = services.GetRequiredService<ServiceRegistry>();
        var settings = services.GetRequiredService<ApiSettings>();
        var reads = new ServiceReadEndpoints(registry, settings);
        var beats = new HeartbeatEndpoint(registry);
        var writes = new ServiceWriteEndpoints(
            registry,
            services.GetRequiredService<WriteThrough>(),
            settings,
            services.GetRequiredService<ILogger<ServiceWriteEndpoints>>());

        var group = endpoints.MapGroup(prefix + "/services");
        group.MapMethods("/", Read, reads.List);
        group.MapMethods("/discover", Read, reads.Discover);
        group.MapPost("/discover", reads.DiscoverByBody);
        group.MapMethods("/types", Read, reads.Types);
        group.MapMethods("/tags", Read, reads.Tags);
        group.MapMethods("/expired", Read, reads.Expired);
        group.MapPost("/register", writes.Register);
        group.MapDelete("/cleanup", writes.CleanUp);

        const string One = "/{" + RouteId.Name + "}";
        group.MapMethods(One, Read, reads.Get);
        group.MapMethods(One + "/status", Read, reads.Status);
        group.MapPut(One, writes.Update);
        group.MapPut(One + "/heartbeat", beats.Beat);
        group.MapDelete(One, writes.Deregister);
    }
}
