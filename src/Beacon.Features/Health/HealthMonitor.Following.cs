using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Scheduling;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Features.Health;

// Keeping the schedule true to the registry.
public sealed partial class HealthMonitor
{
    private const int ReadSize = 256;

    private readonly RegistryEvent[] _events = new RegistryEvent[ReadSize];
    private long _read;
    private long _lost;

    // What was loaded at the start was told by no event.
    private bool _mustCompare = true;
    private long _order;

    /// <summary>
    /// Checks are wanted, and there is something they could change: an expired service that only its heartbeats keep is left alone until
    /// it comes back.
    /// </summary>
    private static bool IsChecked(in ServiceView service) =>
        service.Instance.HealthCheck.IsInForce
        && (service.Status != ServiceStatus.Expired || service.Instance.LeaseSource != LeaseSource.Heartbeat);

    private void TakeEvents(long now)
    {
        int count;
        while ((count = _listener.Read(_events)) > 0)
        {
            foreach (ref readonly var change in _events.AsSpan(0, count))
            {
                _mustCompare |= change.Sequence != _read + 1;
                _read = change.Sequence;
                Take(change, now);
            }

            Array.Clear(_events, 0, count);
        }

        if (_listener.Lost != _lost)
        {
            _lost = _listener.Lost;
            HealthLog.EventsLost(_logger);
            _mustCompare = true;
        }

        if (_mustCompare)
        {
            _mustCompare = false;
            Compare(now);
        }
    }

    private void Take(in RegistryEvent change, long now)
    {
        switch (change.Kind)
        {
            case RegistryEventKind.CleanedUp:
            case RegistryEventKind.Renewed:
                break;
            case RegistryEventKind.Deregistered:
            case RegistryEventKind.Removed:
                Drop(change.Service!.Value.Id);
                break;
            case RegistryEventKind.Registered:
            case RegistryEventKind.Updated:
            case RegistryEventKind.Revived:
                Follow(change.Service!.Value, isNews: true, now);
                break;
            default:
                Follow(change.Service!.Value, isNews: false, now);
                break;
        }
    }

    /// <summary>
    /// Events that are still on their way were part of the snapshot; taking them in again ends where it began, because the last event of
    /// each service agrees with the registry.
    /// </summary>
    private void Compare(long now)
    {
        foreach (var view in _registry.Snapshot())
        {
            Follow(view, isNews: false, now);
        }

        var gone = new List<ServiceId>();
        foreach (var id in Checked)
        {
            if (!_registry.TryGet(id, out _))
            {
                gone.Add(id);
            }
        }

        foreach (var id in gone)
        {
            Drop(id);
        }
    }

    /// <param name="isNews">It came, came back or said something: a check at once, whether or not it said something else than before.</param>
    private void Follow(in ServiceView view, bool isNews, long now)
    {
        if (!IsChecked(view))
        {
            Drop(view.Id);
            return;
        }

        if (!_services.TryGetValue(view.Id, out var service))
        {
            service = new CheckedService(view.Instance, HostOf(view.Instance)) { Order = _order++ };
            service.Host.Services++;
            _services[view.Id] = service;
            Plan(service, now);
            return;
        }

        var before = service.Instance;
        service.Instance = view.Instance;
        if (!view.Instance.IsCheckedLike(before))
        {
            Redirect(service);
            isNews = true;
        }

        if (view.Instance.HealthCheck.IntervalSeconds != before.HealthCheck.IntervalSeconds)
        {
            service.RegularDue = CheckedService.Never;
        }

        if (isNews || view.Instance.HealthCheck != before.HealthCheck)
        {
            Plan(service, now);
        }
    }

    /// <summary>A check at once, and from there on by the service's grid.</summary>
    private void Plan(CheckedService service, long now)
    {
        if (service.PromptDue == CheckedService.Never)
        {
            service.PromptDue = _dueTimes.First(now, service.Instance.Id, service.IntervalTicks);
        }

        if (service.RegularDue == CheckedService.Never)
        {
            service.RegularDue = DueTimes.Regular(service.PromptDue, service.Instance.Id, service.IntervalTicks);
        }

        Arm(service);
    }

    /// <summary>What was found out, or is being found out, is about another address or question.</summary>
    private void Redirect(CheckedService service)
    {
        service.Last = null;
        service.Run?.BreakOff();
        var host = HostOf(service.Instance);
        if (host == service.Host)
        {
            return;
        }

        var isQueued = service.State is CheckState.Queued or CheckState.Parked;
        if (isQueued)
        {
            _lanes.Remove(service);
        }

        Leave(service.Host);
        service.Host = host;
        host.Services++;
        service.IsSlow = false;
        if (isQueued)
        {
            _lanes.Add(service);
        }
    }

    private void Drop(ServiceId id)
    {
        if (!_services.TryRemove(id, out var service))
        {
            return;
        }

        _wheel.Cancel(service.Handle);
        if (service.State is CheckState.Queued or CheckState.Parked)
        {
            _lanes.Remove(service);
        }

        service.Run?.BreakOff();
        service.Asked?.TrySetResult(null);
        Leave(service.Host);
    }

    private HostQueue HostOf(ServiceInstance service)
    {
        var name = CheckUrl.TryParse(service.HealthCheck.Url, out var url, out _) ? url.Host : service.Host;
        if (!_hosts.TryGetValue(name, out var host))
        {
            host = new HostQueue(name);
            _hosts.Add(name, host);
        }

        return host;
    }

    private void Leave(HostQueue host)
    {
        // A check of it that is still under way holds on to the object, and counts in it to no effect.
        if (--host.Services == 0)
        {
            _hosts.Remove(host.Name);
        }
    }
}
