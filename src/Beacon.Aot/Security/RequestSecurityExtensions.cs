using Beacon.Aot.Api;

namespace Beacon.Aot.Security;

internal static class RequestSecurityExtensions
{
    /// <summary>Errors in the API's form, then headers, CORS and the origin check. Needs an <see cref="OriginPolicy"/> in the services.</summary>
    public static IApplicationBuilder UseRequestSecurity(this IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var policy = services.GetRequiredService<OriginPolicy>();
        var logs = services.GetRequiredService<ILoggerFactory>();

        // Constructed by hand: UseMiddleware would find constructor and method by reflection.
        app.Use(next => new ApiErrorHandling(next, logs.CreateLogger<ApiErrorHandling>()).InvokeAsync);
        return app.Use(next => new RequestSecurity(next, policy, logs.CreateLogger<RequestSecurity>()).InvokeAsync);
    }
}
