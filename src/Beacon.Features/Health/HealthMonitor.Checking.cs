using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Scheduling;
using Beacon.Registry;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Features.Health;

// From due to done.
public sealed partial class HealthMonitor
{
    private readonly List<CheckedService> _due = [];

    private void TakeDue(long now)
    {
        _wheel.Advance(now / HealthLimits.TickLength.Ticks, _due);
        foreach (var service in _due)
        {
            if (service.PromptDue <= now)
            {
                service.PromptDue = CheckedService.Never;
                TakePrompt(service, now);
            }

            if (service.RegularDue <= now)
            {
                // From the point of the grid, not from now: what is late once is not late for ever. Points that passed meanwhile are over.
                var due = service.RegularDue;
                service.RegularDue = DueTimes.Regular(now, service.Instance.Id, service.IntervalTicks);
                TakeRegular(service, due, now);
            }

            Arm(service);
        }

        _due.Clear();
    }

    private void TakePrompt(CheckedService service, long now)
    {
        if (service.State == CheckState.Running)
        {
            service.IsWantedAgain = true;
        }
        else if (service.State == CheckState.Idle)
        {
            Enqueue(service, now, now);
        }
    }

    private void TakeRegular(CheckedService service, long due, long now)
    {
        if (service.State == CheckState.Idle)
        {
            Enqueue(service, due, now);
            return;
        }

        if (service.ReadyAt > due - service.IntervalTicks)
        {
            return;
        }

        // One under way is as good; one that has not begun since the last time means that there is too much to do.
        HealthMetrics.Missed.Add(1);
        if (service.State == CheckState.Queued)
        {
            TellBehind(service, now);
        }
    }

    /// <summary>Now, or as soon as the gap behind the last check is over.</summary>
    private void Enqueue(CheckedService service, long readyAt, long now)
    {
        if (service.LastEnded is { } ended && now - ended < HealthLimits.LeastGap.Ticks)
        {
            service.PromptDue = Math.Min(service.PromptDue, ended + HealthLimits.LeastGap.Ticks);
            return;
        }

        service.ReadyAt = readyAt;
        _lanes.Add(service);
    }

    private void Arm(CheckedService service)
    {
        // The first tick at which it is due for certain.
        var due = Math.Min(service.PromptDue, service.RegularDue);
        var tick = (due + HealthLimits.TickLength.Ticks - 1) / HealthLimits.TickLength.Ticks;
        if (!_wheel.Move(service.Handle, tick))
        {
            service.Handle = _wheel.Schedule(service, tick);
        }
    }

    private void TakeRequests(long now)
    {
        while (_requests.Reader.TryRead(out var request))
        {
            request.Answer.TrySetResult(_services.TryGetValue(request.Service, out var service) ? Ask(service, now) : null);
        }
    }

    private Task<CheckResult?> Ask(CheckedService service, long now)
    {
        if (service.State != CheckState.Running && service.Last is { } last && now - service.LastEnded < HealthLimits.LeastGap.Ticks)
        {
            return Task.FromResult<CheckResult?>(last);
        }

        service.Asked ??= new TaskCompletionSource<CheckResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (service.State == CheckState.Running)
        {
            return service.Asked.Task;
        }

        var isQueued = service.State != CheckState.Idle;
        if (isQueued)
        {
            _lanes.Remove(service);
        }

        service.IsAskedFor = true;
        if (isQueued)
        {
            _lanes.Add(service);
        }
        else
        {
            Enqueue(service, now, now);
            Arm(service);
        }

        return service.Asked.Task;
    }

    private void Start(CheckedService service, long now)
    {
        HealthMetrics.Lateness.Record(TimeSpan.FromTicks(now - service.ReadyAt).TotalSeconds);
        service.IsWantedAgain = false;
        var run = new CheckRun(service, now, _stopping.Token);
        service.Run = run;
        _lanes.Started(run);
        _ = CheckAsync(run);
    }

    /// <summary>One check, beside the loop. Never throws.</summary>
    private async Task CheckAsync(CheckRun run)
    {
        CheckResult? result = null;
        try
        {
            result = await _probe.ProbeAsync(run.CheckedAs, run.Cancelled).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            HealthLog.ProbeThrew(_logger, exception, run.CheckedAs.Name, run.CheckedAs.Id);
            result = new CheckResult(CheckOutcome.Error, _time.GetUtcNow(), Error: "the check could not be carried out");
        }

        if (result is { } found && !run.Cancelled.IsCancellationRequested)
        {
            Report(run, found);
        }
        else
        {
            result = null;
        }

        _ends.Enqueue(new CheckEnd(run, result));
        Wake();
    }

    private void Report(CheckRun run, in CheckResult result)
    {
        HealthMetrics.Checks.Add(1, new KeyValuePair<string, object?>("outcome", CheckOutcomeText.From(result.Outcome)));
        HealthMetrics.Duration.Record(TimeSpan.FromTicks(Now - run.StartedAt).TotalSeconds);
        try
        {
            // Nobody else reports on this service, so nothing comes between the two.
            var before = _registry.TryGet(run.CheckedAs.Id, out var view) ? view.Health ?? HealthState.Unchecked : HealthState.Unchecked;
            var change = _registry.ReportHealth(run.CheckedAs, result);
            if (change.Outcome != RegistryOutcome.Updated)
            {
                return;
            }

            TellState(change.Service, before, result);
            foreach (var observer in _observers)
            {
                observer.Observe(new HealthObservation(change.Service, result, before));
            }
        }
        catch (Exception exception)
        {
            HealthLog.ObserverThrew(_logger, exception);
        }
    }

    private void TakeEnds(long now)
    {
        while (_ends.TryDequeue(out var end))
        {
            var run = end.Run;
            _lanes.Ended(run);
            var service = run.Service;
            service.Run = null;
            service.State = CheckState.Idle;
            run.Dispose();
            if (_stopping.IsCancellationRequested || !_services.TryGetValue(service.Instance.Id, out var current) || current != service)
            {
                continue;
            }

            if (end.Result is not { } result)
            {
                Resume(service, run, now);
                continue;
            }

            service.LastEnded = now;
            service.IsSlow = now - run.StartedAt >= HealthLimits.SlowAfter.Ticks;
            if (!service.Instance.IsCheckedLike(run.CheckedAs))
            {
                // It ended in the moment its content changed; the check that the change asked for answers whoever waits.
                Want(service, now);
                continue;
            }

            service.Last = result;
            service.IsAskedFor = false;
            service.Asked?.TrySetResult(result);
            service.Asked = null;
            if (service.IsWantedAgain)
            {
                Want(service, now);
            }
        }
    }

    /// <summary>Broken off to make room: its turn is not over. Or because its content changed: then it is a new one's turn.</summary>
    private void Resume(CheckedService service, CheckRun run, long now)
    {
        if (service.Instance.IsCheckedLike(run.CheckedAs))
        {
            _lanes.Add(service);
            return;
        }

        // The old target was asked all the same: the gap holds, or changing addresses quickly would ask as quickly.
        service.LastEnded = now;
        Want(service, now);
    }

    private void Want(CheckedService service, long now)
    {
        service.IsWantedAgain = false;
        service.PromptDue = Math.Min(service.PromptDue, now);
        Arm(service);
    }

    private void TellState(in ServiceView service, HealthState before, in CheckResult result)
    {
        var after = service.Health ?? HealthState.Unchecked;
        var (name, id) = (service.Instance.Name, service.Id);
        if (!result.Passed)
        {
            HealthLog.Failed(_logger, name, id, result.Error ?? "");
        }

        if (after.IsFlapping != before.IsFlapping)
        {
            if (after.IsFlapping)
            {
                HealthLog.Flapping(_logger, name, id);
            }
            else
            {
                HealthLog.Settled(_logger, name, id);
            }
        }

        if (after.Status == before.Status)
        {
            return;
        }

        if (after.Status == HealthStatus.Healthy)
        {
            HealthLog.Healthy(_logger, name, id);
        }
        else if (after.Status == HealthStatus.Unhealthy)
        {
            var url = CheckUrl.Masked(service.Instance.HealthCheck.Url);
            HealthLog.Unhealthy(_logger, name, id, after.ConsecutiveFailures, url, result.Error ?? "");
        }
    }

    private void TellBehind(CheckedService service, long now)
    {
        if (_lastBehindTold is { } told && now - told < HealthLimits.WarningPause.Ticks)
        {
            return;
        }

        _lastBehindTold = now;
        HealthLog.Behind(_logger, service.Instance.Name, service.Instance.Id, _lanes.Waiting, _lanes.Concurrency);
    }
}
