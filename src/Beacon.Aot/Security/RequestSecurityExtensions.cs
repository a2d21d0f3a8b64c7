using Beacon.Aot.Api;

namespace Beacon.Aot.Security;

internal static class RequestSecurityExtensions
{
    /// <summary>Errors in the API's form, then headers, CORS and the origin check. Needs an <see cref="OriginPolicy"/> in the services.</summary>
    public static IApplicationBuilder UseRequestSecurity(this IApplicationBuilder app) =>
        app.UseMiddleware<ApiErrorHandling>().UseMiddleware<RequestSecurity>();
}
