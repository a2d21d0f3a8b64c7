using Beacon.Registry;
using Beacon.Registry.Events;
using Beacon.Registry.Services;
using Beacon.Storage.Sqlite;
using Beacon.Storage.Tests.Support;

namespace Beacon.Storage.Tests;

/// <summary>Real threads, real files, real time.</summary>
public sealed class WriteThroughConcurrencyTests : IDisposable
{
    private const int Clients = 16;
    private const int PerClient = 100;
    private readonly TempFolder _folder = new();
    private readonly LogLines _log = new();

    public void Dispose() => _folder.Dispose();

    [BoundedFact]
    public async Task Many_clients_at_a_time_are_all_stored_and_share_transactions()
    {
        var token = TestContext.Current.CancellationToken;
        var registry = new ServiceRegistry(TimeProvider.System, new RegistryLimits(), new EventHub());
        var batches = 0;
        using (var database = Open())
        {
            var store = new CountingStore(database.Services, () => batches++);
            using var queue = new WriteThrough(registry, store, TimeProvider.System, _log);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
            var running = queue.RunAsync(stop.Token);

            await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => LiveAsync(registry, queue, client), token)));
            await stop.CancelAsync();
            await running;
            registry.Advance();
            await queue.DrainAsync(token);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Clients * PerClient * 3 / 2} changes in {batches} transactions");
        Assert.True(batches < Clients * PerClient, $"{batches} transactions: nothing was shared");
        using var reopened = Open();
        Assert.Equal(Samples.Texts(registry.Snapshot()).Order(), Samples.Texts(await reopened.Services.LoadAsync()).Order());
        Assert.Equal(Clients * PerClient / 2, registry.Count);
    }

    /// <summary>Registers, and takes every other one away again.</summary>
    private static async Task LiveAsync(ServiceRegistry registry, WriteThrough queue, int client)
    {
        for (var number = 0; number < PerClient; number++)
        {
            var change = registry.Register(new Registration { Name = $"c{client}-{number}", Host = "h", Port = 1 });
            await StoredAsync(queue, change);
            registry.Renew(change.Service.Id, null, out _);
            if (number % 2 == 0)
            {
                await StoredAsync(queue, registry.Deregister(change.Service.Id));
            }
        }
    }

    /// <summary>A disk that stalls for seconds on a busy machine is no failure of this test.</summary>
    private static async Task StoredAsync(WriteThrough queue, RegistryChange change)
    {
        while (true)
        {
            try
            {
                await queue.StoredAsync(change.Sequence, TestContext.Current.CancellationToken);
                return;
            }
            catch (StoreUnavailableException)
            {
            }
        }
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder.Database, _log, TimeProvider.System);

    private sealed class CountingStore(IServiceStore inner, Action count) : IServiceStore
    {
        public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken) => inner.LoadAllAsync(cancellationToken);

        public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
        {
            count();
            return inner.ApplyAsync(batch, cancellationToken);
        }

        public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => inner.PingAsync(cancellationToken);
    }
}
