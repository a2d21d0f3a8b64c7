using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>The ports without a disk: for demonstrations and tests. Nothing survives the process.</summary>
public sealed class MemoryStore : IServiceStore, IRecordStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ServiceId, ServiceView> _services = [];
    private readonly Dictionary<(string Collection, string Id), ReadOnlyMemory<byte>> _records = [];

    public Task<IReadOnlyList<ServiceView>> LoadAllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<ServiceView> all =
                [.. _services.Values.OrderBy(service => service.Instance.CreatedAt).ThenBy(service => service.Id)];
            return Task.FromResult(all);
        }
    }

    public Task ApplyAsync(IReadOnlyList<ServiceWrite> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            foreach (var write in batch)
            {
                if (write.State is not { } state)
                {
                    _services.Remove(write.Id);
                }
                else if (!write.LeaseOnly)
                {
                    _services[write.Id] = state;
                }
                else if (_services.TryGetValue(write.Id, out var stored))
                {
                    _services[write.Id] = stored with { Lease = state.Lease };
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<TimeSpan> PingAsync(CancellationToken cancellationToken) => Task.FromResult(TimeSpan.Zero);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string collection, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Spelled out: "json : null" would turn null into an empty memory.
            return Task.FromResult(_records.TryGetValue((collection, id), out var json) ? json : default(ReadOnlyMemory<byte>?));
        }
    }

    public Task WriteAsync(string collection, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // The caller may reuse its buffer once this returns.
            _records[(collection, id)] = json.ToArray();
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(string collection, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _records.Remove((collection, id));
        }

        return Task.CompletedTask;
    }
}
