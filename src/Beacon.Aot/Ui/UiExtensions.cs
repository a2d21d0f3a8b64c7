namespace Beacon.Aot.Ui;

internal static class UiExtensions
{
    /// <summary>After the security headers, before the routes: with an empty <c>API_PREFIX</c> both know <c>/services</c>.</summary>
    public static IApplicationBuilder UseUi(this IApplicationBuilder app, IUiSource source, string apiPrefix)
    {
        var site = new UiSite(source, apiPrefix);
        return app.Use(next => context => site.InvokeAsync(context, next));
    }
}
