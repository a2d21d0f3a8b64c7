using Beacon.Aot.Metrics;
using Beacon.Aot.Security;
using Beacon.Registry;
using Beacon.Registry.Services;
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
    private const int LengthOfId = 36;
    private readonly string _beginning = prefix + "/services/";

    public Task InvokeAsync(HttpContext context)
    {
        var began = clock?.Now ?? 0;
        var request = context.Request;
        if (!HttpMethods.IsPut(request.Method) || !TryReadId(request.Path.Value, out var id) || request.QueryString.HasValue
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

    private bool TryReadId(ReadOnlySpan<char> path, out ServiceId id)
    {
        if (path.Length == _beginning.Length + LengthOfId + Ending.Length && path.EndsWith(Ending, StringComparison.Ordinal)
            && path.StartsWith(_beginning, StringComparison.Ordinal))
        {
            return ServiceId.TryParse(path.Slice(_beginning.Length, LengthOfId), out id);
        }

        id = default;
        return false;
    }
}
