using Beacon.Registry;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage;

// Contract first: the bodies follow in the next commit.
#pragma warning disable CA1822, CA1801, CS9113
public sealed class WriteThrough(ServiceRegistry registry, IServiceStore store, TimeProvider time, ILogger logger) : IDisposable
{
    public StoreStatus Status => throw new NotSupportedException();

    /// <summary>Moves changes from the registry to the store until cancelled. One call at a time.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>
    /// Completes when the event with that sequence, and every one before it, is in the store; at once for 0. Faults with
    /// <see cref="StoreUnavailableException"/> when that takes longer than a client should wait.
    /// </summary>
    public Task StoredAsync(long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Writes everything the registry told so far, heartbeats held back included. For shutdown; works whether or not the loop runs.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
