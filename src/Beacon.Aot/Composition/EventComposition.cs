using Beacon.Aot.Background;
using Beacon.Aot.Configuration;
using Beacon.Aot.Events;
using Beacon.Aot.Logging;
using Beacon.Features.Events;
using Beacon.Mdns;
using Beacon.Registry.Events;
using Beacon.Storage;

namespace Beacon.Aot.Composition;

/// <summary>The event log, what it tells of Beacon itself, and its copy in a shared database.</summary>
internal static class EventComposition
{
    public static void Add(IServiceCollection services, ApplianceStore store, BeaconOptions options)
    {
        services.AddSingleton(x => new EventLog(
            store.Events,
            x.GetRequiredService<EventHub>(),
            options.Events,
            x.GetRequiredService<TimeProvider>(),
            x.Logger<EventLog>()));
        services.AddSingleton(x => new OwnWatch(
            x.GetRequiredService<EventLog>(), x.GetRequiredService<WriteThrough>(), x.GetService<MdnsResponder>(), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DatabaseWatch>();
        if (store.EventArchive is { } archive)
        {
            services.AddSingleton(x => new EventArchiver(
                store.Events, store.Records, archive, x.GetRequiredService<TimeProvider>(), x.Logger<EventArchiver>()));
            services.AddLoop<EventArchiveLoop>();
        }

        services.AddLoop<EventLoop>();
    }
}
