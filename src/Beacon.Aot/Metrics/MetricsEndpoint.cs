using System.Text;

namespace Beacon.Aot.Metrics;

/// <summary><c>GET /metrics</c>.</summary>
internal static class MetricsEndpoint
{
    private const string OpenMetrics = "application/openmetrics-text";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var collector = endpoints.ServiceProvider.GetRequiredService<MetricsCollector>();
        endpoints.MapMethods("/metrics", Read, context => AnswerAsync(context, collector));
    }

    private static Task AnswerAsync(HttpContext context, MetricsCollector collector)
    {
        var isOpenMetrics = context.Request.Headers.Accept.Any(x => x?.Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase) == true);
        var body = Encoding.UTF8.GetBytes(collector.Write(isOpenMetrics));
        var response = context.Response;
        response.ContentType = isOpenMetrics ? MetricsText.OpenMetricsType : MetricsText.PlainType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
