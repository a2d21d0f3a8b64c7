using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>
/// Durable home of the services. One caller at a time writes; a failure is an exception and leaves the store as it was.
/// </summary>
public interface IServiceStore
{
    /// <summary>Everything held, in creation order.</summary>
    Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken);

    /// <summary>
    /// All of the batch or none of it; at most one write per service, in any order. A lease-only write for a service that is not held
    /// does nothing, nor does a removal. When the task completes the batch survives a power cut, unless every write in it is lease-only:
    /// then it survives the end of the process.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken);

    /// <summary>Round trip of the smallest possible query.</summary>
    Task<TimeSpan> PingAsync(CancellationToken cancellationToken);
}
