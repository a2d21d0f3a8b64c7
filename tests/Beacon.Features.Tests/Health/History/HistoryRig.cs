using Beacon.Features.Health;
using Beacon.Features.Health.History;
using Beacon.Registry.Health;
using Beacon.Registry.Leases;
using Beacon.Registry.Services;
using Beacon.Storage.Health;
using Beacon.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Health.History;

/// <summary>A history in virtual time, and services whose health follows their checks.</summary>
internal sealed class HistoryRig
{
    private readonly Dictionary<ServiceId, HealthState> _states = [];

    public HistoryRig(TestClock? clock = null, HealthHistoryOptions? options = null)
    {
        Clock = clock ?? new TestClock();
        Options = options ?? new HealthHistoryOptions();
        Store = new FlakyHealthStore();
        History = Open();
    }

    public TestClock Clock { get; }

    public HealthHistoryOptions Options { get; }

    public FlakyHealthStore Store { get; }

    public HealthHistory History { get; private set; }

    public HashSet<ServiceId> Gone { get; } = [];

    public DateTimeOffset Now => Clock.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ServiceInstance Service(string name = "nas", Maintenance? maintenance = null, ServiceId? id = null) => new()
    {
        Id = id ?? ServiceId.New(),
        Name = name,
        Type = "http",
        Host = "192.168.1.50",
        Port = 80,
        Protocol = "http",
        Tags = [],
        Metadata = [],
        TtlSeconds = 300,
        HealthCheck = HealthCheckSettings.Default with { Url = "http://192.168.1.50/" },
        MdnsServiceType = "_http._tcp",
        CreatedAt = DateTimeOffset.UnixEpoch,
        ContentUpdatedAt = DateTimeOffset.UnixEpoch,
        Maintenance = maintenance,
    };

    public CheckResult Check(
        ServiceInstance service, double? milliseconds = 2, CheckOutcome outcome = CheckOutcome.Healthy, int? status = 200, string? error = null)
    {
        var result = new CheckResult(
            outcome, Now, milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null, status, outcome == CheckOutcome.Healthy ? null : error ?? "status 500");
        var before = _states.GetValueOrDefault(service.Id, HealthState.Unchecked);
        var after = HealthJudge.Next(before, result, service.HealthCheck.Retries, Clock.Elapsed.Ticks);
        _states[service.Id] = after;
        var view = new ServiceView(service, new LeaseState(ServiceStatus.Active, Now.AddMinutes(5), Now), after);
        History.Observe(new HealthObservation(view, result, before));
        return result;
    }

    public void Fail(ServiceInstance service, string error = "status 500") => Check(service, 3, CheckOutcome.Unhealthy, 500, error);

    /// <summary>Time passes as the loop would see it.</summary>
    public async Task PassAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await History.FlushAsync(Token);
    }

    /// <summary>To the second after the next full hour's grace.</summary>
    public Task PassHourAsync() => PassAsync(TimeSpan.FromSeconds(3600 - (Now.ToUnixTimeSeconds() % 3600) + 11));

    /// <summary>Ends without a word and starts again; what is believed of health is forgotten.</summary>
    public async Task KillAsync()
    {
        _states.Clear();
        History.Dispose();
        History = Open();
        await History.StepAsync(Token);
    }

    public Task<ServiceHistory> ReadAsync(ServiceInstance service, HistoryWindow window = HistoryWindow.Day) =>
        History.ReadAsync(service.Id, window, Token);

    public async Task<IReadOnlyList<Incident>> IncidentsAsync() =>
        (await History.ReadIncidentsAsync(new IncidentQuery(), Token)).Incidents;

    private HealthHistory Open() => new(
        Store, Options, x => Gone.Contains(x) ? ServicePresence.Gone : ServicePresence.Checked, Clock, NullLogger.Instance);
}
