using System.Text;

namespace Beacon.Aot.Api.Docs;

/// <summary>The API's description: for programs as OpenAPI, for people as a page that draws it and loads nothing from elsewhere.</summary>
internal static class ApiDocs
{
    /// <summary>What the checked-in document says; replaced when the program was started with another prefix.</summary>
    private const string DocumentedServer = "\"url\": \"/api/v1\"";

    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The addresses do not depend on the prefix: clients of the earlier implementation know them.</summary>
    public static void MapApiDocs(this IEndpointRouteBuilder endpoints, string prefix)
    {
        Map(endpoints, "/api/openapi.json", new(() => DocumentFor(prefix), JsonOutput.ContentType));
        Map(endpoints, "/api/docs", new(() => EmbeddedFile.Read("page.html"), "text/html; charset=utf-8", PagePolicy));
        Map(endpoints, "/api/docs/page.css", new(() => EmbeddedFile.Read("page.css"), "text/css; charset=utf-8"));
        Map(endpoints, "/api/docs/page.js", new(() => EmbeddedFile.Read("page.js"), "text/javascript; charset=utf-8"));
        endpoints.MapMethods("/api/redoc", Read, RedirectToPage);
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, StaticAnswer answer) =>
        endpoints.MapMethods(path, Read, answer.Send);

    private static byte[] DocumentFor(string prefix)
    {
        var document = EmbeddedFile.Read("openapi.json");
        var server = $"\"url\": {Validation.Problems.Quote(prefix.Length == 0 ? "/" : prefix)}";
        return server == DocumentedServer
            ? document
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace(DocumentedServer, server, StringComparison.Ordinal));
    }

    private static Task RedirectToPage(HttpContext context)
    {
        context.Response.Redirect("/api/docs", permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }
}
