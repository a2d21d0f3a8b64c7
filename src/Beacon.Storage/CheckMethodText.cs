using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>Methods of health checks in stores and in the API: as HTTP writes them.</summary>
public static class CheckMethodText
{
    private const string Get = "GET";
    private const string Head = "HEAD";

    public static IReadOnlyList<string> All { get; } = [Get, Head];

    public static string From(CheckMethod method) => method == CheckMethod.Head ? Head : Get;

    /// <summary>Null for anything that is none, and for null.</summary>
    public static CheckMethod? Read(string? text) => text switch
    {
        Get => CheckMethod.Get,
        Head => CheckMethod.Head,
        _ => null,
    };
}
