using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>Statuses in stores: as the API writes them.</summary>
public static class StatusText
{
    private const string Active = "active";
    private const string Unhealthy = "unhealthy";
    private const string Expired = "expired";

    public static string From(ServiceStatus status) => status switch
    {
        ServiceStatus.Active => Active,
        ServiceStatus.Unhealthy => Unhealthy,
        _ => Expired,
    };

    public static bool TryRead(string? text, out ServiceStatus status)
    {
        (var known, status) = text switch
        {
            Active => (true, ServiceStatus.Active),
            Unhealthy => (true, ServiceStatus.Unhealthy),
            Expired => (true, ServiceStatus.Expired),
            _ => (false, ServiceStatus.Expired),
        };
        return known;
    }
}
