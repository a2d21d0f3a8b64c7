using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Health;

/// <summary>All services together: the body of <c>GET /health/summary</c>. Services whose lease ran out are not counted.</summary>
internal sealed class HealthSummary
{
    private const int MostSlowest = 10;
    private const int MostCertificates = 100;

    /// <summary>Time to renew one by hand.</summary>
    private static readonly TimeSpan CertificateNotice = TimeSpan.FromDays(30);

    private readonly List<(ServiceView Service, double Milliseconds)> _answering = [];
    private readonly List<(ServiceView Service, DateTimeOffset End)> _certificates = [];
    private int _healthy;
    private int _unhealthy;
    private int _unknown;
    private int _unchecked;
    private int _flapping;
    private int _inMaintenance;

    public HealthSummary(IReadOnlyList<ServiceView> services, HealthHistory history, DateTimeOffset now)
    {
        foreach (var service in services)
        {
            if (service.Status != ServiceStatus.Expired)
            {
                Add(service, history, now);
            }
        }
    }

    public void Write(Utf8JsonWriter json, HealthHistory history)
    {
        json.WriteStartObject();
        json.WriteStartObject("services"u8);
        json.WriteNumber("total"u8, _healthy + _unhealthy + _unknown + _unchecked);
        json.WriteNumber("healthy"u8, _healthy);
        json.WriteNumber("unhealthy"u8, _unhealthy);
        json.WriteNumber("unknown"u8, _unknown);
        json.WriteNumber("unchecked"u8, _unchecked);
        json.WriteEndObject();
        json.WriteNumber("flapping"u8, _flapping);
        json.WriteNumber("in_maintenance"u8, _inMaintenance);
        json.WriteNumber("open_incidents"u8, history.OpenIncidents);
        JsonFigures.Ratio(json, HealthField.Uptime24H, history.Uptime);
        json.WriteStartArray("slowest"u8);
        foreach (var (service, milliseconds) in _answering.OrderByDescending(x => x.Milliseconds).ThenBy(x => x.Service.Id).Take(MostSlowest))
        {
            json.WriteStartObject();
            json.WriteString(ServiceField.ServiceId, service.Id.Value);
            json.WriteString(ServiceField.Name, service.Instance.Name);
            JsonFigures.Milliseconds(json, HealthField.MeanMs, milliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("certificates"u8);
        foreach (var (service, end) in _certificates.OrderBy(x => x.End).ThenBy(x => x.Service.Id).Take(MostCertificates))
        {
            json.WriteStartObject();
            json.WriteString(ServiceField.ServiceId, service.Id.Value);
            json.WriteString(ServiceField.Name, service.Instance.Name);
            UtcText.WriteString(json, ServiceField.ExpiresAt, end);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Add(in ServiceView service, HealthHistory history, DateTimeOffset now)
    {
        _inMaintenance += service.Instance.Maintenance is null ? 0 : 1;
        if (!service.Instance.HealthCheck.IsInForce)
        {
            _unchecked++;
            return;
        }

        var health = service.Health ?? HealthState.Unchecked;
        _healthy += health.Status == HealthStatus.Healthy ? 1 : 0;
        _unhealthy += health.Status == HealthStatus.Unhealthy ? 1 : 0;
        _unknown += health.Status == HealthStatus.Unknown ? 1 : 0;
        _flapping += health.IsFlapping ? 1 : 0;
        if (history.MeanResponse(service.Id) is { } mean)
        {
            _answering.Add((service, mean));
        }

        if (health.Last?.CertificateExpiresAt is { } end && end - now <= CertificateNotice)
        {
            _certificates.Add((service, end));
        }
    }
}
