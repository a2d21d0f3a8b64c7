namespace Beacon.Aot.Api;

/// <summary>Lists without an end in sight: one JSON object a line (ndjson.org), for those who ask for it.</summary>
internal static class JsonLines
{
    public const string ContentType = "application/x-ndjson";

    /// <summary>So much is written before it is sent on.</summary>
    public const int FlushBytes = 16 * 1024;

    public static bool AreWanted(HttpRequest request) =>
        request.Headers.Accept.Any(x => x?.Contains(ContentType, StringComparison.OrdinalIgnoreCase) ?? false);
}
