using Beacon.Registry.Services;

namespace Beacon.Features.Health.Scheduling;

/// <summary>One check under way.</summary>
/// <param name="startedAt">Instant of the monitor.</param>
internal sealed class CheckRun(CheckedService service, long startedAt, CancellationToken stopping) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);

    public CheckedService Service { get; } = service;

    /// <summary>The content it goes by, whatever the service says meanwhile.</summary>
    public ServiceInstance CheckedAs { get; } = service.Instance;

    /// <summary>The host it goes to, whatever the service says meanwhile.</summary>
    public HostQueue Host { get; } = service.Host;

    public long StartedAt { get; } = startedAt;

    /// <summary>Counts for the slow lane.</summary>
    public bool IsSlow { get; set; } = service.IsSlow;

    /// <summary>Broken off: it has no result.</summary>
    public bool IsBrokenOff { get; private set; }

    public CancellationToken Cancelled => _cancellation.Token;

    public void BreakOff()
    {
        IsBrokenOff = true;
        _cancellation.Cancel();
    }

    public void Dispose() => _cancellation.Dispose();
}
