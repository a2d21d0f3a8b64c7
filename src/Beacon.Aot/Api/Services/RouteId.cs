using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The <c>{id}</c> of a route. Whatever is no id is an unknown service, not an error of its own.</summary>
internal static class RouteId
{
    public const string Name = "service_id";

    public static bool TryGet(HttpContext context, out ServiceId id) =>
        ServiceId.TryParse(context.Request.RouteValues[Name] as string, out id);
}
