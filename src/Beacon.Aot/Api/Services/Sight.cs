using Beacon.Registry;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Keeps "not there" from being said while nobody knows: a Beacon that starts with an empty spool and does not reach its database must
/// not look like an empty network, or whoever follows it drops everything.
/// </summary>
internal sealed class Sight(ServiceRegistry registry, ApiSettings settings)
{
    public RequestDelegate OfAll(RequestDelegate answer) => context => settings.IsBlind() ? Refuse(context) : answer(context);

    /// <summary>What is known of a service that registered meanwhile is true.</summary>
    public RequestDelegate OfOne(RequestDelegate answer) => context => settings.IsBlind() && !IsKnown(context) ? Refuse(context) : answer(context);

    private static Task Refuse(HttpContext context)
    {
        ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, ApiErrors.DatabaseNeverReached);
        return Task.CompletedTask;
    }

    private bool IsKnown(HttpContext context) => RouteId.TryGet(context, out var id) && registry.TryGet(id, out _);
}
