using Microsoft.Net.Http.Headers;

namespace Beacon.Aot.Status;

/// <summary>Which form of the page is wanted.</summary>
/// <param name="Reloads">The page loads itself again; <c>?refresh=off</c> ends that.</param>
internal readonly record struct StatusRequest(StatusTexts Texts, bool Reloads)
{
    private const string Language = "lang";
    private const string Refresh = "refresh";
    private const string Off = "off";

    /// <summary>Every form there is.</summary>
    public static IReadOnlyList<StatusRequest> All { get; } = [.. StatusTexts.All.SelectMany(x => new StatusRequest[] { new(x, true), new(x, false) })];

    public static StatusRequest Of(HttpRequest request)
    {
        var wanted = request.Query[Language].LastOrDefault();
        var texts = StatusTexts.All.FirstOrDefault(x => x.Code.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? Negotiate(request);
        return new StatusRequest(texts, request.Query[Refresh].LastOrDefault() != Off);
    }

    /// <summary>To put behind the page's own address, as it may stand in an attribute.</summary>
    public string Link => $"?{Language}={Texts.Code}" + (Reloads ? "" : $"&amp;{Refresh}={Off}");

    /// <summary>What the client likes best among what there is (RFC 9110 §12.5.4); English when it likes nothing.</summary>
    private static StatusTexts Negotiate(HttpRequest request)
    {
        var best = StatusTexts.English;
        var bestQuality = 0.0;
        if (StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
        {
            foreach (var language in accepted)
            {
                var quality = language.Quality ?? 1;
                if (quality > bestQuality && StatusTexts.All.FirstOrDefault(x => IsOf(language.Value.AsSpan(), x.Code)) is { } texts)
                {
                    (best, bestQuality) = (texts, quality);
                }
            }
        }

        return best;
    }

    /// <summary><c>de-AT</c> is of <c>de</c>.</summary>
    private static bool IsOf(ReadOnlySpan<char> tag, string code) =>
        tag.StartsWith(code, StringComparison.OrdinalIgnoreCase) && (tag.Length == code.Length || tag[code.Length] == '-');
}
