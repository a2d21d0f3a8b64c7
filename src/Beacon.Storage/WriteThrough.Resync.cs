using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>Bringing the store level with the registry when the events in between are lost.</summary>
public sealed partial class WriteThrough
{
    /// <summary>Writes every service and removes what the registry does not know; returns the sequence up to which the store is level.</summary>
    private async Task<long> ResyncAsync()
    {
        StorageMetrics.Resyncs.Add(1);
        var stored = await _store.LoadAllAsync(CancellationToken.None);

        // In this order: the snapshot then holds at least everything up to that sequence. What it holds beyond comes again as events,
        // all of which are taken in before the next batch is made, so no service falls back to an older state.
        var through = _registry.Events.LastSequence;
        var services = _registry.Snapshot();
        var batch = new List<ServiceWrite>(services.Count);
        var known = new HashSet<ServiceId>(services.Count);
        foreach (var service in services)
        {
            known.Add(service.Id);
            batch.Add(new ServiceWrite(service.Id, service, LeaseOnly: false));
        }

        foreach (var service in stored)
        {
            if (!known.Contains(service.Id))
            {
                batch.Add(new ServiceWrite(service.Id, null, LeaseOnly: false));
            }
        }

        if (batch.Count > 0)
        {
            await _store.ApplyAsync(batch, CancellationToken.None);
        }

        StorageLog.Resynchronised(_logger, services.Count, batch.Count - services.Count);
        return through;
    }
}
