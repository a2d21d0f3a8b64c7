using System.Globalization;
using Beacon.Aot.Ui;
using Beacon.Features.Status;

namespace Beacon.Aot.Status;

/// <summary><c>GET /status</c>: how the services are, for people who do not run them. Without scripts, and without anything they need not know.</summary>
internal sealed class StatusEndpoint(StatusKeeper keeper, TimeProvider time)
{
    /// <summary>Not below the API's prefix: it is a page, and its address is told to people.</summary>
    public const string Path = "/status";

    /// <summary>Seconds until a page that is open is loaded again.</summary>
    private const int ReloadSeconds = 60;

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={StatusLimits.Pace.TotalSeconds}");
    private static readonly string Refresh = ReloadSeconds.ToString(CultureInfo.InvariantCulture);

    private volatile StatusPages? _pages;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var keeper = services.GetRequiredService<StatusKeeper>();
        var endpoint = new StatusEndpoint(keeper, services.GetRequiredService<TimeProvider>());
        endpoints.MapMethods(Path, Read, keeper.Options.IsOn ? endpoint.AnswerAsync : AnswerOff);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = StatusRequest.Of(context.Request);
        var board = await keeper.ReadAsync(context.RequestAborted);
        var pages = _pages;
        if (pages?.Board != board)
        {
            // Two may do this at once; both make the same, and one of them is kept.
            _pages = pages = new StatusPages(board, keeper.Options, time.LocalTimeZone);
        }

        if (request.Reloads)
        {
            context.Response.Headers.Append("Refresh", Refresh);
        }

        AddHeaders(context, request.Texts);
        context.Response.Headers.CacheControl = CacheControl;
        Send(context, pages[request]);
    }

    /// <summary>Never "not modified": what is not there has no state to compare.</summary>
    private static Task AnswerOff(HttpContext context)
    {
        var texts = StatusRequest.Of(context.Request).Texts;
        var page = StatusFrame.Off(texts);
        var response = context.Response;
        AddHeaders(context, texts);
        response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers.CacheControl = "no-cache";
        response.ContentType = StatusFrame.ContentType;
        response.ContentLength = page.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(page).AsTask();
    }

    private static void Send(HttpContext context, StatusPage page)
    {
        var coding = ContentCoding.Choose(context.Request.Headers.AcceptEncoding, x => x == ContentCoding.Gzip);
        if (coding == ContentCoding.Gzip)
        {
            context.Response.Headers.ContentEncoding = coding.Name;
        }

        UiFile.Send(context, coding == ContentCoding.Gzip ? page.Packed : page.Plain, StatusFrame.ContentType);
    }

    private static void AddHeaders(HttpContext context, StatusTexts texts)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = StatusStyle.Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentLanguage = texts.Code;
        headers.Append("Vary", "Accept-Language, Accept-Encoding");
    }
}
