using Beacon.Registry.Services;

namespace Beacon.Mdns.Publishing;

/// <summary>Which services the network is told of, and with which mark.</summary>
internal sealed class AnnouncementPolicy(DownPolicy unhealthy, DownPolicy maintenance)
{
    private const string Unhealthy = "unhealthy";
    private const string Maintenance = "maintenance";

    public bool Announces(in ServiceView service) =>
        service.Status != ServiceStatus.Expired && For(service, out _) != DownPolicy.Withdraw;

    /// <summary>Value of <c>status</c> in the TXT record; null: it has none.</summary>
    public string? MarkOf(in ServiceView service) => For(service, out var word) == DownPolicy.Mark ? word : null;

    /// <summary>A planned interruption says more about failing checks than they do.</summary>
    private DownPolicy For(in ServiceView service, out string? word)
    {
        if (service.Instance.Maintenance is not null)
        {
            word = Maintenance;
            return maintenance;
        }

        word = service.Status == ServiceStatus.Unhealthy ? Unhealthy : null;
        return word is null ? DownPolicy.Keep : unhealthy;
    }
}
