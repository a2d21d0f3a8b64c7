using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>
/// Durable home of the services. One caller at a time writes; a failure is an exception and leaves the store as it was.
/// </summary>
public interface IServiceStore
{
    /// <summary>Everything held, in creation order.</summary>
    Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>All of the batch or none of it. When the task completes the batch survives a power cut, unless every write in it is lease-only.</summary>
    Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken);

    /// <summary>Round trip of the smallest possible query.</summary>
    Task<TimeSpan> PingAsync(CancellationToken cancellationToken);
}
