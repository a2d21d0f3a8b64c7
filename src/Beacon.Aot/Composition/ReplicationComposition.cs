using Beacon.Aot.Events;
using Beacon.Aot.Live;
using Beacon.Registry;
using Beacon.Registry.Services;
using Beacon.Storage.Replication;

namespace Beacon.Aot.Composition;

/// <summary>What a shared database has to tell the rest of the program.</summary>
internal static class ReplicationComposition
{
    public static void Connect(ApplianceStore store, IServiceProvider services)
    {
        if (store.Replication is not { } replication)
        {
            return;
        }

        var registry = services.GetRequiredService<ServiceRegistry>();
        var live = services.GetRequiredService<LiveHub>();
        var time = services.GetRequiredService<TimeProvider>();
        replication.Adopt = found => Adopt(registry, found);
        var watch = services.GetRequiredService<DatabaseWatch>();
        replication.StateChanged = status =>
        {
            // First the log: whoever is told looks there.
            watch.Look(status);
            live.Announce(sequence => LiveMessages.StoreState(sequence, time.GetUtcNow(), status));
        };
    }

    private static Adoption Adopt(ServiceRegistry registry, IReadOnlyList<ServiceView> services)
    {
        int taken = 0, withoutRoom = 0;
        var outdone = new List<(ServiceId, ServiceId)>();
        foreach (var service in services)
        {
            var change = registry.Adopt(service);
            taken += change.Outcome == RegistryOutcome.Registered ? 1 : 0;
            withoutRoom += change.Outcome == RegistryOutcome.LimitReached ? 1 : 0;
            if (change.Outcome == RegistryOutcome.IdentityTaken)
            {
                outdone.Add((service.Id, change.Service.Id));
            }
        }

        return new Adoption(taken, outdone, withoutRoom);
    }
}
