using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The names of <see cref="ServiceStatus"/> on the wire.</summary>
internal static class ServiceStatusText
{
    private static readonly JsonEncodedText Active = JsonEncodedText.Encode("active");
    private static readonly JsonEncodedText Unhealthy = JsonEncodedText.Encode("unhealthy");
    private static readonly JsonEncodedText Expired = JsonEncodedText.Encode("expired");

    public static JsonEncodedText Of(ServiceStatus status) => status switch
    {
        ServiceStatus.Active => Active,
        ServiceStatus.Unhealthy => Unhealthy,
        _ => Expired,
    };
}
