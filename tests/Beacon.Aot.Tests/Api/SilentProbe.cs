using Beacon.Features.Health;
using Beacon.Registry.Health;
using Beacon.Registry.Services;

namespace Beacon.Aot.Tests.Api;

/// <summary>Never asked: in these tests nobody runs the checks' schedule.</summary>
internal sealed class SilentProbe : IProbe
{
    public Task<CheckResult> ProbeAsync(ServiceInstance service, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("nothing is checked here");
}
