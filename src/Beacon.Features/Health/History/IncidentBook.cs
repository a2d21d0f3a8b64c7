using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage.Health;

namespace Beacon.Features.Health.History;

/// <summary>
/// Who is unhealthy since when, by the damped state: a service that flaps is in one long incident and not in twenty. Under the lock of
/// <see cref="HistoryMemory"/>.
/// </summary>
internal sealed class IncidentBook
{
    private const string NoReason = "the check failed";

    private readonly Dictionary<ServiceId, Incident> _open = [];
    private readonly Dictionary<long, Incident> _changed = [];
    private long _lastNumber;
    private long _lastChange;

    public int OpenCount => _open.Count;

    public IReadOnlyCollection<Incident> Open => _open.Values;

    /// <summary>Those the store does not have in this form.</summary>
    public IReadOnlyCollection<Incident> Changed => _changed.Values;

    public void Load(HealthContents contents)
    {
        _lastNumber = contents.LastIncident;
        _lastChange = contents.LastChange;
        foreach (var incident in contents.OpenIncidents)
        {
            // Two of one service: somebody edited the file. The later counts, the earlier ends where it begins.
            if (_open.Remove(incident.Service, out var earlier))
            {
                Change(earlier with { EndedAt = incident.StartedAt });
            }

            _open[incident.Service] = incident;
        }
    }

    public void Observe(in HealthObservation observation)
    {
        var service = observation.Service.Instance;
        var state = observation.Service.Health;
        _open.TryGetValue(service.Id, out var open);
        switch (state?.Status)
        {
            case HealthStatus.Healthy when open is not null:
                End(open, observation.Result.At);
                break;
            case HealthStatus.Unhealthy when open is null:
                Begin(service, state.ChangedAt ?? observation.Result.At, observation.Result);
                break;
            case HealthStatus.Unhealthy when open is { IsPlanned: true } && service.Maintenance is null:
                // It was to be over by now: from here on it is a failure like any other.
                End(open, observation.Result.At);
                Begin(service, observation.Result.At, observation.Result);
                break;
            default:
                // Unknown after a restart: an incident goes on until a check says otherwise.
                break;
        }
    }

    public void End(Incident open, DateTimeOffset at)
    {
        _open.Remove(open.Service);
        Change(open with { EndedAt = at > open.StartedAt ? at : open.StartedAt });
    }

    public void MarkWritten(IReadOnlyList<Incident> written)
    {
        foreach (var incident in written)
        {
            if (_changed.TryGetValue(incident.Number, out var now) && now.Change == incident.Change)
            {
                _changed.Remove(incident.Number);
            }
        }
    }

    private void Begin(ServiceInstance service, DateTimeOffset at, in CheckResult result)
    {
        var incident = new Incident(
            ++_lastNumber, service.Id, service.Name, at, null, result.Error ?? NoReason, service.Maintenance is not null, 0);
        _open[service.Id] = incident;
        Change(incident);
    }

    private void Change(Incident incident)
    {
        var changed = incident with { Change = ++_lastChange };
        _changed[changed.Number] = changed;
        if (_open.ContainsKey(changed.Service) && changed.EndedAt is null)
        {
            _open[changed.Service] = changed;
        }
    }
}
