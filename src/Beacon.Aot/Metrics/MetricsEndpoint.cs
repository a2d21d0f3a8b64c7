using System.Buffers;
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
        var services = endpoints.ServiceProvider.GetRequiredService<ServiceMetrics>();
        endpoints.MapMethods("/metrics", Read, context => AnswerAsync(context, collector, services));
    }

    private static async Task AnswerAsync(HttpContext context, MetricsCollector collector, ServiceMetrics services)
    {
        var isOpenMetrics = context.Request.Headers.Accept.Any(x => x?.Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase) == true);
        var response = context.Response;
        response.ContentType = isOpenMetrics ? MetricsText.OpenMetricsType : MetricsText.PlainType;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        // Without a length: what thousands of services say is not put together first.
        Encoding.UTF8.GetBytes(collector.Write(isOpenMetrics), response.BodyWriter);
        await services.WriteAsync(response.BodyWriter, context.RequestAborted);
        if (isOpenMetrics)
        {
            response.BodyWriter.Write("# EOF\n"u8);
        }

        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
