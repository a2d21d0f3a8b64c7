using System.Net;
using Beacon.Features.Health.Probing;
using Beacon.Features.Health.Targets;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Features.Tests.Health.Kit;

/// <summary>The probe against real sockets on loopback, with the policy opened for it.</summary>
internal sealed class ProbeRig : IDisposable
{
    public ProbeRig(params string[] allow)
    {
        IPNetwork[] ranges = [.. (allow.Length == 0 ? ["127.0.0.0/8"] : allow).Select(IPNetwork.Parse)];
        Policy = new AddressPolicy(ranges, () => OwnPort, () => Own);
        Probe = new ServiceProbe(Resolver, Policy, "2.0.0", TimeProvider.System, NullLogger.Instance);
    }

    public FakeResolver Resolver { get; } = new();

    public int OwnPort { get; set; } = 8080;

    public IReadOnlyList<OwnAddress> Own { get; set; } = [new OwnAddress(IPAddress.Parse("192.168.1.10"), 24), new OwnAddress(IPAddress.Loopback, 8)];

    public AddressPolicy Policy { get; }

    public ServiceProbe Probe { get; }

    public static ServiceInstance Service(string url, HealthCheckRequest? request = null, int timeout = 5, string host = "127.0.0.1", string? source = null) => new()
    {
        Id = ServiceId.New(),
        Name = "nas",
        Type = "http",
        Host = host,
        Port = 80,
        Protocol = "http",
        Tags = [],
        Metadata = [],
        TtlSeconds = 300,
        HealthCheck = HealthCheckSettings.Default with { Url = url, TimeoutSeconds = timeout, Request = request ?? HealthCheckRequest.Default },
        MdnsServiceType = "_http._tcp",
        SourceAddress = source is null ? null : IPAddress.Parse(source),
        CreatedAt = default,
        ContentUpdatedAt = default,
    };

    public async Task<CheckResult> CheckAsync(string url, HealthCheckRequest? request = null, int timeout = 5, string host = "127.0.0.1", string? source = null) =>
        await Probe.ProbeAsync(Service(url, request, timeout, host, source), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task<CheckResult> CheckAsync(RawServer server, HealthCheckRequest? request = null, int timeout = 5, string path = "/health") =>
        CheckAsync($"http://127.0.0.1:{server.Port}{path}", request, timeout);

    public void Dispose() => Probe.Dispose();
}
