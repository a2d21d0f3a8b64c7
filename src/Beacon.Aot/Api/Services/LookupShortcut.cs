using Beacon.Aot.Metrics;
using Beacon.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Behind <see cref="HeartbeatShortcut"/>: answers <c>GET /services/{id}</c> of a known service before the request is routed, and leaves
/// everything unusual (a query, a web page, a tag that the client holds, an unknown id) to <see cref="ServiceReadEndpoints"/>, whose answers are
/// the same.
/// </summary>
/// <param name="clock">Null: nobody measures.</param>
internal sealed class LookupShortcut(RequestDelegate next, string prefix, ServiceRegistry registry, RequestClock? clock)
{
    private readonly string _beginning = prefix + "/services/";

    public Task InvokeAsync(HttpContext context)
    {
        var began = clock?.Now ?? 0;
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || !RouteId.TryRead(request.Path.Value, _beginning, "", out var id) || request.QueryString.HasValue
            || request.Headers.Origin.Count > 0 || request.Headers.IfNoneMatch.Count > 0 || !registry.TryGet(id, out var view))
        {
            return next(context);
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        ServiceAnswers.SendTaggedService(context, view);
        if (clock is not null && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
            clock.CountSince(began);
        }

        return Task.CompletedTask;
    }
}
