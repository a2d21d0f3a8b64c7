using System.Collections.Frozen;

namespace Beacon.Aot.Ui;

/// <summary>
/// Answers what belongs to the dashboard and passes on everything else. A screen's address is answered with the page only to who asks
/// for HTML: programs get from <c>/</c> what they always got. Files are found by their exact name in a table made at the start; no part
/// of a request ever becomes a path.
/// </summary>
internal sealed class UiSite
{
    private const string Index = "index.html";

    private readonly FrozenDictionary<string, UiFile> _files;
    private readonly UiPage? _page;

    public UiSite(IUiSource source, string apiPrefix)
    {
        var names = source.Names.ToHashSet();
        _files = names
            .Where(name => name != Index && !ContentCoding.Packed.Any(coding => name.EndsWith(coding.Suffix, StringComparison.Ordinal)))
            .ToFrozenDictionary(name => "/" + name, name => new UiFile(source, name, FormsOf(name, names)));
        _page = names.Contains(Index) ? new(source.Read(Index), apiPrefix) : null;
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (_page is null || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return next(context);
        }

        var path = request.Path.Value ?? "/";
        if (_files.TryGetValue(path, out var file))
        {
            file.Send(context);
            return Task.CompletedTask;
        }

        if (!UiScreens.Has(path))
        {
            return next(context);
        }

        context.Response.Headers.Append("Vary", "Accept");
        if (!WantsHtml(request))
        {
            return next(context);
        }

        _page.Send(context);
        return Task.CompletedTask;
    }

    /// <summary>Browsers name it when a person goes somewhere; scripts, curl and <c>fetch</c> do not.</summary>
    private static bool WantsHtml(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static HashSet<string> FormsOf(string name, HashSet<string> names) =>
        [.. ContentCoding.Packed.Select(coding => coding.Suffix).Where(suffix => names.Contains(name + suffix))];
}
