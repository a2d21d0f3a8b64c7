using Beacon.Aot.Tests.Api;
using Beacon.Features.Health;
using Beacon.Features.Status;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Testing;

namespace Beacon.Aot.Tests.Health;

/// <summary>The API with checks whose results are given, in virtual time.</summary>
internal sealed class HealthRig : IAsyncDisposable
{
    private HealthRig(ApiHarness api, TestClock clock) => (Api, Clock) = (api, clock);

    public ApiHarness Api { get; }

    public TestClock Clock { get; }

    public static async Task<HealthRig> StartAsync(
        Beacon.Storage.Health.IHealthHistoryStore? store = null, StatusOptions? status = null, bool isBlind = false)
    {
        var clock = new TestClock();
        return new(await ApiHarness.StartAsync(time: clock, history: store, status: status, isBlind: isBlind), clock);
    }

    /// <summary>Registers a service that is checked.</summary>
    public async Task<ServiceId> AddAsync(string name, string more = "")
    {
        Assert.True(ServiceId.TryParse(await Api.AddAsync(name, ""","health_check_url":"https://192.168.1.50:8080/","ttl":86400""" + more), out var id));
        return id;
    }

    public void Check(ServiceId id, double milliseconds = 2, DateTimeOffset? certificate = null) =>
        Report(id, new CheckResult(CheckOutcome.Healthy, Clock.GetUtcNow(), TimeSpan.FromMilliseconds(milliseconds), 200, null, certificate));

    public void Fail(ServiceId id, string error = "connection refused") =>
        Report(id, new CheckResult(CheckOutcome.Error, Clock.GetUtcNow(), null, null, error));

    /// <summary>A minute passes and what is new is written.</summary>
    public async Task PassAsync(double minutes = 1)
    {
        Clock.Advance(TimeSpan.FromMinutes(minutes));
        await Api.History.FlushAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private void Report(ServiceId id, CheckResult result)
    {
        Assert.True(Api.Registry.TryGet(id, out var before));
        var change = Api.Registry.ReportHealth(before.Instance, result);
        Api.History.Observe(new HealthObservation(change.Service, result, before.Health ?? HealthState.Unchecked));
    }
}
