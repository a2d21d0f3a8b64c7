using System.Collections.Concurrent;
using System.Net;
using Beacon.Mdns.Publishing;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Loop;

/// <summary>
/// Runs look-ups away from the engine's thread and keeps their results for it. The system's resolver cannot be interrupted, so the
/// number that really run is bounded here, and a slow one has failed for the engine after its time.
/// </summary>
internal sealed class LookupRunner(IHostLookup lookup, TimeProvider time, Action wake, ILogger log, CancellationToken stopping) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(MdnsLimits.ConcurrentLookups);
    private readonly ConcurrentQueue<LookupResult> _results = new();

    /// <summary>Returns at once. The result is there after <see cref="MdnsTimings.LookupTimeout"/> at the latest.</summary>
    public void Start(string name) => _ = RunAsync(name);

    public bool TryTake(out LookupResult result) => _results.TryDequeue(out result);

    public void Dispose() => _slots.Dispose();

    private async Task RunAsync(string name)
    {
        IReadOnlyList<IPAddress> found = [];
        using var deadline = new CancellationTokenSource(MdnsTimings.LookupTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            found = await Task.Run(() => BoundedAsync(name, either.Token), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            MdnsLog.LookupFailed(log, name, exception);
        }

        _results.Enqueue(new LookupResult(name, found));
        wake();
    }

    private async Task<IReadOnlyList<IPAddress>> BoundedAsync(string name, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await lookup.LookUpAsync(name, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <param name="Addresses">Empty after a failure.</param>
    public readonly record struct LookupResult(string Name, IReadOnlyList<IPAddress> Addresses);
}
