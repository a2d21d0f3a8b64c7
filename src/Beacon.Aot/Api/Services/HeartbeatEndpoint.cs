using Beacon.Aot.Api.Validation;
using Beacon.Registry;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// The request that arrives more often than all others together: no body is read, nothing waits for the store, and without a query nothing
/// is parsed but the id.
/// </summary>
internal sealed class HeartbeatEndpoint(ServiceRegistry registry)
{
    public Task Beat(HttpContext context)
    {
        int? ttl = null;
        if (context.Request.QueryString.HasValue)
        {
            var problems = new Problems();
            ttl = ServiceQueryReader.ReadInteger(context.Request.Query, QueryRules.Ttl, problems);
            if (problems.Any)
            {
                problems.Send(context);
                return Task.CompletedTask;
            }
        }

        if (RouteId.TryGet(context, out var id) && registry.Renew(id, ttl, out var view) == RegistryOutcome.Renewed)
        {
            ServiceAnswers.SendHeartbeat(context, view);
        }
        else
        {
            ApiErrors.Send(context, RegistryOutcome.UnknownService);
        }

        return Task.CompletedTask;
    }
}
