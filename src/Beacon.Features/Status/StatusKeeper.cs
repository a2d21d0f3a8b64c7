using Beacon.Features.Health.History;
using Beacon.Features.Health.Probing;
using Beacon.Registry;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Status;

/// <summary>
/// Keeps the newest board. One is made when somebody asks and the last is older than <see cref="StatusLimits.Pace"/>: how many ask makes no
/// difference, and while nobody asks nothing is done. Any thread may call.
/// </summary>
/// <param name="isBlind">True while nobody can say which services there are.</param>
public sealed class StatusKeeper(
    StatusOptions options, ServiceRegistry registry, HealthHistory history, Func<bool> isBlind, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _oneMaker = new(1, 1);
    private volatile StatusBoard? _board;
    private long _madeAt;
    private IReadOnlyDictionary<ServiceId, DailyUptime> _past = new Dictionary<ServiceId, DailyUptime>();
    private DateTimeOffset? _pastAt;
    private long _pastReadAt;
    private bool _isFailing;
    private bool _hasUnreadIncidents;

    public StatusOptions Options => options;

    public async Task<StatusBoard> ReadAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } known)
        {
            return known;
        }

        await _oneMaker.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
            {
                return meanwhile;
            }

            // Not for the one who asked: others wait for it too.
            var board = await MakeAsync();
            Volatile.Write(ref _madeAt, time.GetTimestamp());
            _board = board;
            return board;
        }
        finally
        {
            _oneMaker.Release();
        }
    }

    public void Dispose() => _oneMaker.Dispose();

    private StatusBoard? Fresh() => _board is { } board && time.GetElapsedTime(Volatile.Read(ref _madeAt)) < StatusLimits.Pace ? board : null;

    private async Task<StatusBoard> MakeAsync()
    {
        var now = time.GetUtcNow();
        var selection = new StatusSelection(registry.Snapshot(), options.Tags);
        var incidents = await ReadAsync(selection, now);
        return new StatusBoard(
            now,
            _pastAt,
            isBlind(),
            selection.Counts,
            Groups(selection),
            selection.NotShown,
            incidents is null ? null : [.. incidents.Take(StatusLimits.MaxIncidents)],
            incidents is { } found && (found.Count > StatusLimits.MaxIncidents || _hasUnreadIncidents),
            Maintenances(selection));
    }

    /// <returns>Null: the store does not answer, or not in time.</returns>
    private async Task<List<StatusIncident>?> ReadAsync(StatusSelection selection, DateTimeOffset now)
    {
        using var limit = new CancellationTokenSource(StatusLimits.ReadLimit, time);
        try
        {
            var page = await history.ReadIncidentsAsync(
                new IncidentQuery(Since: now.AddDays(-StatusLimits.IncidentDays), Limit: StatusLimits.MaxIncidentsRead), limit.Token);
            if (_pastAt is null || time.GetElapsedTime(_pastReadAt) >= StatusLimits.PastPace)
            {
                _past = await history.ReadDaysAsync([.. selection.Shown.Select(x => x.Service.Id)], limit.Token);
                _pastAt = now;
                _pastReadAt = time.GetTimestamp();
            }

            if (_isFailing)
            {
                _isFailing = false;
                StatusLog.PastReadable(logger);
            }

            _hasUnreadIncidents = page.Total > page.Incidents.Count;
            return Incidents(selection, page.Incidents);
        }
        catch (Exception error)
        {
            _pastAt = null;
            _past = new Dictionary<ServiceId, DailyUptime>();
            if (!_isFailing)
            {
                _isFailing = true;
                StatusLog.PastUnreadable(logger, error is OperationCanceledException ? "the store takes too long" : error.Message);
            }

            return null;
        }
    }

    /// <summary>Of services with a row alone: of others, and of those that are gone, nobody can say whether they may be shown.</summary>
    private static List<StatusIncident> Incidents(StatusSelection selection, IReadOnlyList<Incident> incidents)
    {
        var names = selection.Shown.ToDictionary(x => x.Service.Id, x => x.Service.Instance.Name);
        var found = new List<StatusIncident>();
        foreach (var incident in incidents)
        {
            if (names.TryGetValue(incident.Service, out var name))
            {
                found.Add(new StatusIncident(name, incident.StartedAt, incident.EndedAt, FailureKinds.Of(incident.Cause), incident.IsPlanned));
            }
        }

        return found;
    }

    private static List<StatusMaintenance> Maintenances(StatusSelection selection) =>
    [
        .. selection.Shown
            .Where(x => x.Condition == ServiceCondition.Maintenance)
            .Select(x => (x.Service.Instance.Name, Plan: x.Service.Instance.Maintenance!))
            .Select(x => new StatusMaintenance(x.Name, x.Plan.Since, x.Plan.Until, x.Plan.Reason))
            .OrderBy(x => x.Until)
            .Take(StatusLimits.MaxMaintenances),
    ];

    private List<StatusGroup> Groups(StatusSelection selection)
    {
        var groups = new List<StatusGroup>();
        foreach (var group in selection.Shown.GroupBy(x => x.Tag))
        {
            groups.Add(new StatusGroup(
                selection.Tags[group.Key],
                [.. group.Select(x => Row(x.Service, x.Condition))]));
        }

        return groups;
    }

    /// <summary>Who is not checked any more has figures of a time that is over.</summary>
    private StatusService Row(in ServiceView service, ServiceCondition condition)
    {
        var isChecked = service.Instance.HealthCheck.IsInForce;
        return new StatusService(service.Instance.Name, condition, isChecked, isChecked ? _past.GetValueOrDefault(service.Id) : null);
    }
}
