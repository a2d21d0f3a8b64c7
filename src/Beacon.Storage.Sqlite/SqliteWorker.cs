using System.Collections.Concurrent;

namespace Beacon.Storage.Sqlite;

/// <summary>
/// The one thread that talks to SQLite. Its calls block on the disk; here they hold up nobody but each other, and a connection is
/// never used by two.
/// </summary>
internal sealed class SqliteWorker : IDisposable
{
    /// <summary>The write queue has one call in flight, the rest are pings and records. When it is full further calls fail at once.</summary>
    private const int QueueCapacity = 256;

    private readonly BlockingCollection<Action> _work = new(QueueCapacity);
    private readonly Thread _thread;

    public SqliteWorker()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "sqlite" };
        _thread.Start();
    }

    /// <summary>A call that has begun is not cancelled: half a transaction helps nobody.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryEnqueue(() => Run(work, done, cancellationToken)))
        {
            done.SetException(new StoreUnavailableException("The database is closed or has more to do than it can."));
        }

        return done.Task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action work, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    /// <summary>Finishes what is queued, then ends the thread.</summary>
    public void Dispose()
    {
        if (!_work.IsAddingCompleted)
        {
            _work.CompleteAdding();
            _thread.Join();
        }
    }

    private bool TryEnqueue(Action work)
    {
        try
        {
            return _work.TryAdd(work);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Run<T>(Func<T> work, TaskCompletionSource<T> done, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            done.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (Exception error)
        {
            done.SetException(error);
        }
    }

    private void Work()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
