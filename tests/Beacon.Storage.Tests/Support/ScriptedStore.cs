using Beacon.Registry.Services;

namespace Beacon.Storage.Tests.Support;

/// <summary>A store in memory that fails, hangs or answers late when told to.</summary>
internal sealed class ScriptedStore : IServiceStore
{
    private readonly MemoryStore _inner = new();

    /// <summary>Every call to apply fails with this while it is set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Every call waits for this while it is set; a fault of it becomes the call's.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Batches handed over, refused ones included.</summary>
    public List<IReadOnlyList<ServiceWrite>> Attempts { get; } = [];

    public List<IReadOnlyList<ServiceWrite>> Committed { get; } = [];

    public int Loads { get; private set; }

    public async Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken)
    {
        Loads++;
        await (Gate?.Task ?? Task.CompletedTask);
        return Failure is null ? await _inner.LoadAllAsync(cancellationToken) : throw Failure;
    }

    public async Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
    {
        Attempts.Add(batch);
        await (Gate?.Task ?? Task.CompletedTask);
        if (Failure is not null)
        {
            throw Failure;
        }

        await _inner.ApplyAsync(batch, cancellationToken);
        Committed.Add(batch);
    }

    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => _inner.PingAsync(cancellationToken);

    public void Hold() => Gate = new TaskCompletionSource();

    public void Release()
    {
        var gate = Gate!;
        Gate = null;
        gate.SetResult();
    }
}
