using Beacon.Registry;
using Beacon.Registry.Events;
using Microsoft.Extensions.Logging;

namespace Beacon.Storage;

/// <summary>
/// The queue between the registry and its store. It keeps the newest state of each changed service, hands all of it to the store in
/// one transaction (group commit: whoever registered meanwhile shares it), holds heartbeats back, tries again when the store fails,
/// and releases waiters once their sequence is stored.
/// </summary>
/// <remarks>
/// One loop owns the state; it is <see cref="RunAsync"/>, or <see cref="DrainAsync"/> when nothing runs. <see cref="StoredAsync"/> and
/// <see cref="Status"/> may be used by any thread. A change that could not be stored is never dropped: it waits in memory, merged with
/// later changes of the same service, until the store takes it.
/// </remarks>
public sealed partial class WriteThrough : IDisposable
{
    private readonly ServiceRegistry _registry;
    private readonly IServiceStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EventListener _listener;
    private readonly StoredWaiters _waiters;
    private readonly AsyncSignal _signal = new();
    private readonly SemaphoreSlim _loop = new(1, 1);
    private readonly ITimer _timer;
    private volatile WriteProgress _progress;
    private DrainRequest? _drain;

    public WriteThrough(ServiceRegistry registry, IServiceStore store, TimeProvider time, ILogger logger)
        : this(registry, store, time, logger, StorageLimits.ListenerCapacity)
    {
    }

    internal WriteThrough(ServiceRegistry registry, IServiceStore store, TimeProvider time, ILogger logger, int listenerCapacity)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        _registry = registry;
        _store = store;
        _time = time;
        _logger = logger;
        _progress = new WriteProgress(0, null, null, time.GetUtcNow());

        // Before listening: an event between the two shows as a gap and is made up for, the other way round it would be missed.
        _read = registry.Events.LastSequence;
        _waiters = new StoredWaiters(_read);
        _listener = registry.Events.Listen(listenerCapacity);
        _listener.Wake = _signal.Set;
        _timer = time.CreateTimer(_ => _signal.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public StoreStatus Status => _progress.StatusAt(_time);

    /// <summary>Everything up to this sequence is in the store.</summary>
    internal long StoredSequence => _waiters.Stored;

    internal RetryPolicy Retry { get; init; } = new();

    /// <summary>Moves changes from the registry to the store until cancelled. What is left then is for <see cref="DrainAsync"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loop.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await LoopAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            _loop.Release();
        }
    }

    /// <summary>
    /// Completes when the event with that sequence, and every one before it, is in the store; at once for 0. Faults with
    /// <see cref="StoreUnavailableException"/> when that takes longer than <see cref="StorageLimits.WaitLimit"/>; the change then stays
    /// pending and is stored later. A heartbeat is stored late on purpose, and of very many ends of leases a part goes after changes that came
    /// later: do not wait for either.
    /// </summary>
    public async Task StoredAsync(long sequence, CancellationToken cancellationToken)
    {
        var stored = _waiters.Join(sequence);
        if (stored.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await stored.WaitAsync(StorageLimits.WaitLimit, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Unavailable(_progress.Trouble?.Error);
        }
        finally
        {
            _waiters.Leave(sequence);
        }
    }

    /// <summary>
    /// Stores everything the registry told so far, heartbeats held back included, and goes on trying until cancelled. For shutdown: works
    /// whether or not <see cref="RunAsync"/> still runs. Let the registry publish its renewals first (<see cref="ServiceRegistry.Advance"/>).
    /// </summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var request = new DrainRequest(_registry.Events.LastSequence);
        while (Interlocked.CompareExchange(ref _drain, request, null) is { } other)
        {
            await other.Done.Task.WaitAsync(cancellationToken);
        }

        _signal.Set();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var free = _loop.WaitAsync(given.Token);
        try
        {
            if (await Task.WhenAny(request.Done.Task, free) == free)
            {
                await free;
                await LoopUntilAsync(request.Done.Task, cancellationToken);
            }
        }
        finally
        {
            Interlocked.CompareExchange(ref _drain, null, request);
            request.Done.TrySetResult();
            await given.CancelAsync();
            await ReleaseIfOwnedAsync(free);
        }
    }

    public void Dispose()
    {
        _registry.Events.Unlisten(_listener);
        _timer.Dispose();
        _loop.Dispose();
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Step();
            await _signal.WaitAsync(cancellationToken);
        }
    }

    private async Task LoopUntilAsync(Task done, CancellationToken cancellationToken)
    {
        Step();
        while (!done.IsCompleted)
        {
            await _signal.WaitAsync(cancellationToken);
            Step();
        }
    }

    private async Task ReleaseIfOwnedAsync(Task owned)
    {
        try
        {
            await owned;
            _loop.Release();
        }
        catch (OperationCanceledException)
        {
            // It never became ours: another loop did the work, or the caller gave up.
        }
    }

    private static StoreUnavailableException Unavailable(string? error) => new(
        $"The change is not stored yet: {error ?? "the store does not answer"}. It is kept in memory and stored as soon as possible; try again later.");
}
