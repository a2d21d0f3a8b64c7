using Beacon.Aot.Metrics;
using Beacon.Aot.Security;
using Beacon.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// First in the pipeline: answers the heartbeat of a known service before anything else looks at the request, and leaves everything unusual
/// (a query, a web page, an unknown id) to <see cref="HeartbeatEndpoint"/>, whose answers are the same. Nothing is allocated here.
/// </summary>
/// <param name="clock">Null: nobody measures.</param>
internal sealed class HeartbeatShortcut(RequestDelegate next, string prefix, ServiceRegistry registry, OriginPolicy policy, RequestClock? clock)
{
    private const string Ending = "/heartbeat";
    private readonly string _beginning = prefix + "/services/";

    public Task InvokeAsync(HttpContext context)
    {
        var began = clock?.Now ?? 0;
        var request = context.Request;
        if (!HttpMethods.IsPut(request.Method) || !RouteId.TryRead(request.Path.Value, _beginning, Ending, out var id) || request.QueryString.HasValue
            || request.Headers.Origin.Count > 0 || !policy.Allows(context) || registry.Renew(id, null, out var view) != RegistryOutcome.Renewed)
        {
            return next(context);
        }

        var response = context.Response;
        var body = response.BodyWriter.GetSpan(HeartbeatAnswer.MaxLength);
        var length = HeartbeatAnswer.Format(view, body);
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = JsonOutput.ContentType;
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
        if (clock is not null && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
        {
            metrics.MetricsDisabled = true;
            clock.CountSince(began);
        }

        return Task.CompletedTask;
    }
}
