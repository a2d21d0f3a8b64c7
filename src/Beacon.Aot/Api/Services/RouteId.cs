using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The <c>{id}</c> of a route. Whatever is no id is an unknown service, not an error of its own.</summary>
internal static class RouteId
{
    public const string Name = "service_id";

    private const int Length = 36;

    /// <summary>From a path that was not routed, between what stands before and behind the id.</summary>
    public static bool TryRead(ReadOnlySpan<char> path, string beginning, string ending, out ServiceId id)
    {
        if (path.Length == beginning.Length + Length + ending.Length && path.EndsWith(ending, StringComparison.Ordinal)
            && path.StartsWith(beginning, StringComparison.Ordinal))
        {
            return ServiceId.TryParse(path.Slice(beginning.Length, Length), out id);
        }

        id = default;
        return false;
    }

    public static bool TryGet(HttpContext context, out ServiceId id) =>
        ServiceId.TryParse(context.Request.RouteValues[Name] as string, out id);
}
