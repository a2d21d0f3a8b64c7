using Beacon.Aot.Api;
using Microsoft.Extensions.Primitives;

namespace Beacon.Aot.Security;

/// <summary>
/// First in the pipeline: headers every answer carries, CORS for pages that read, and no for pages of other origins that would change
/// something.
/// </summary>
internal sealed class RequestSecurity(RequestDelegate next, OriginPolicy policy, ILogger<RequestSecurity> logger)
{
    private const string ReadMethods = "GET, HEAD, POST, OPTIONS";
    private const string AllMethods = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
    private const string AllowedHeaders = "Origin, X-Requested-With, Content-Type, Accept, Authorization, If-None-Match";
    private const string ExposedHeaders = "ETag, Retry-After";

    /// <summary>Ten minutes: fewer preflights, and a changed setting is still felt soon.</summary>
    private const string PreflightSeconds = "600";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var request = context.Request;
        var origin = request.Headers.Origin;
        var isPage = !StringValues.IsNullOrEmpty(origin);
        var isTrusted = isPage && policy.Trusts(request, origin.ToString());
        if (isPage)
        {
            AllowReading(context.Response.Headers, origin.ToString(), isTrusted);
        }

        var requested = request.Headers.AccessControlRequestMethod.ToString();
        if (isPage && HttpMethods.IsOptions(request.Method) && requested.Length > 0)
        {
            return AnswerPreflight(context, requested, isTrusted);
        }

        if (ChangesState(request.Method, request.Path) && !policy.Allows(context))
        {
            return Refuse(context);
        }

        return next(context);
    }

    private void AllowReading(IHeaderDictionary headers, string origin, bool isTrusted)
    {
        if (isTrusted)
        {
            headers.AccessControlAllowOrigin = origin;
        }
        else if (policy.EveryoneMayRead)
        {
            headers.AccessControlAllowOrigin = OriginPolicy.Any;
        }

        headers.Vary = "Origin";
        headers.AccessControlExposeHeaders = ExposedHeaders;
    }

    private Task AnswerPreflight(HttpContext context, string method, bool isTrusted)
    {
        if (!isTrusted && (!policy.EveryoneMayRead || ChangesState(method, context.Request.Path)))
        {
            return Refuse(context);
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = isTrusted ? AllMethods : ReadMethods;
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = PreflightSeconds;
        context.Response.StatusCode = StatusCodes.Status200OK;
        return Task.CompletedTask;
    }

    private Task Refuse(HttpContext context)
    {
        var request = context.Request;
        ApiLog.ForeignOriginRefused(logger, request.Method, request.Path, request.Headers.Origin.ToString());
        ApiErrors.Send(context, StatusCodes.Status403Forbidden, ApiErrors.ForeignOrigin);
        return Task.CompletedTask;
    }

    /// <summary>A discovery by POST only reads; every other method that may have a body may change something.</summary>
    private static bool ChangesState(string method, PathString path) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method)
        && !(HttpMethods.IsPost(method) && IsDiscovery(path));

    private static bool IsDiscovery(PathString path) =>
        path.Value.AsSpan().TrimEnd('/').EndsWith("/services/discover", StringComparison.OrdinalIgnoreCase);
}
