using Beacon.Storage.Replication;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Storage.Tests.Support;

/// <summary>
/// A shared database seen as a store: written by one Beacon that stays, read by a new one each time, which knows only what is in the database.
/// </summary>
internal sealed class SharedStoreRig(Func<ISharedServiceStore> connect) : IServiceStore, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IDisposable> _owned = [];
    private ReplicatedStore? _writer;

    public async Task<IReadOnlyList<Registry.Services.ServiceView>> LoadAllAsync(CancellationToken cancellationToken)
    {
        await LevelAsync(cancellationToken);
        using var reader = await OpenAsync();
        Assert.True(reader.Status.HasMet, reader.Status.LastError);
        return await reader.LoadAllAsync(cancellationToken);
    }

    public async Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken) =>
        await (await WriterAsync()).ApplyAsync(batch, cancellationToken);

    public async Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => await (await WriterAsync()).PingAsync(cancellationToken);

    public void Dispose()
    {
        _stop.Cancel();
        _owned.ForEach(x => x.Dispose());
        _stop.Dispose();
    }

    private async Task<ReplicatedStore> WriterAsync()
    {
        if (_writer is null)
        {
            _writer = await OpenAsync();
            _owned.Add(_writer);
            _ = _writer.RunAsync(_stop.Token);
        }

        return _writer;
    }

    private async Task<ReplicatedStore> OpenAsync()
    {
        var shared = connect();
        if (shared is IDisposable owned)
        {
            _owned.Add(owned);
        }

        var store = new ReplicatedStore(new MemorySpool(TimeProvider.System), shared, TimeProvider.System, NullLogger.Instance);
        await store.OpenAsync(Limit, TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>A batch larger than one exchange is answered from the spool before the database has all of it.</summary>
    private async Task LevelAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (_writer is { Status.Spooled: > 0 })
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
