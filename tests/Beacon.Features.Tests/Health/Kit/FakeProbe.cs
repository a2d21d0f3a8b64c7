using Beacon.Features.Health;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Features.Tests.Health.Kit;

/// <summary>A network in virtual time: answers when the test lets time pass, and counts what goes on at once.</summary>
internal sealed class FakeProbe(TestClock clock) : IProbe
{
    private readonly PriorityQueue<Pending, TimeSpan> _pending = new();
    private readonly Dictionary<ServiceId, int> _underWay = [];
    private readonly Dictionary<string, int> _byHost = [];

    /// <summary>How a target behaves; by default it answers after 20 ms.</summary>
    public Func<ServiceInstance, FakeAnswer> Answer { get; set; } = _ => FakeAnswer.Well;

    /// <summary>In the order of their begin.</summary>
    public List<(ServiceId Id, TimeSpan At, string? Url)> Begun { get; } = [];

    /// <summary>Switched off for the long runs, where only the figures count.</summary>
    public bool Records { get; set; } = true;

    public Action<ServiceInstance>? OnBegin { get; set; }

    public int Count { get; private set; }

    public int UnderWay { get; private set; }

    public int MostAtOnce { get; private set; }

    public int MostPerHost { get; private set; }

    public bool Overlapped { get; private set; }

    public int BrokenOff { get; private set; }

    public Task<CheckResult> ProbeAsync(ServiceInstance service, CancellationToken cancellationToken)
    {
        Count++;
        if (Records)
        {
            Begun.Add((service.Id, clock.Elapsed, service.HealthCheck.Url));
        }

        OnBegin?.Invoke(service);
        var answer = Answer(service);
        if (answer.Throws is { } exception)
        {
            throw exception;
        }

        Change(service, 1);
        var pending = new Pending(service, answer, new TaskCompletionSource<CheckResult>());
        _pending.Enqueue(pending, clock.Elapsed + answer.After);
        cancellationToken.Register(() =>
        {
            if (pending.IsOpen)
            {
                pending.IsOpen = false;
                BrokenOff++;
                Change(service, -1);
                pending.Result.SetCanceled(cancellationToken);
            }
        });
        return pending.Result.Task;
    }

    /// <summary>Gives the answers whose time has come.</summary>
    public void Settle()
    {
        while (_pending.TryPeek(out var pending, out var due) && due <= clock.Elapsed)
        {
            _pending.Dequeue();
            if (pending.IsOpen)
            {
                pending.IsOpen = false;
                Change(pending.Service, -1);
                pending.Result.SetResult(new CheckResult(
                    pending.Answer.Outcome, clock.GetUtcNow(), pending.Answer.After, Error: pending.Answer.Outcome == CheckOutcome.Healthy ? null : "it failed"));
            }
        }
    }

    public IReadOnlyList<TimeSpan> TimesOf(ServiceId id) => [.. Begun.Where(x => x.Id == id).Select(x => x.At)];

    private void Change(ServiceInstance service, int by)
    {
        UnderWay += by;
        _underWay[service.Id] = _underWay.GetValueOrDefault(service.Id) + by;
        var host = new Uri(service.HealthCheck.Url!).Host;
        _byHost[host] = _byHost.GetValueOrDefault(host) + by;
        MostAtOnce = Math.Max(MostAtOnce, UnderWay);
        MostPerHost = Math.Max(MostPerHost, _byHost[host]);
        Overlapped |= _underWay[service.Id] > 1;
    }

    private sealed record Pending(ServiceInstance Service, FakeAnswer Answer, TaskCompletionSource<CheckResult> Result)
    {
        public bool IsOpen { get; set; } = true;
    }
}
