using Beacon.Aot.Background;
using Beacon.Aot.Cli;
using Beacon.Aot.Configuration;
using Beacon.Aot.Logging;
using Beacon.Mdns;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Transport;
using Beacon.Registry;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Composition;

/// <summary>The mDNS side; switched off, nothing touches port 5353.</summary>
internal static class MdnsComposition
{
    public static void Add(IServiceCollection services, BeaconOptions options)
    {
        if (!options.MdnsEnabled)
        {
            return;
        }

        services.AddSingleton<IMulticastTransport>(x => new UdpMulticastTransport(
            options.MdnsInterfaces, x.GetRequiredService<TimeProvider>(), x.Logger<UdpMulticastTransport>()));
        services.AddSingleton<IMdnsNameStore>(x => new RecordNameStore(x.GetRequiredService<IRecordStore>(), x.Logger<RecordNameStore>()));
        services.AddSingleton(x => new MdnsResponder(
            OptionsFor(options),
            x.GetRequiredService<ServiceRegistry>(),
            x.GetRequiredService<IMulticastTransport>(),
            new SystemHostLookup(),
            x.GetRequiredService<IMdnsNameStore>(),
            x.GetRequiredService<TimeProvider>(),
            x.Logger<MdnsResponder>()));
        services.AddLoop<MdnsLoop>();
    }

    /// <summary>Null when mDNS is switched off.</summary>
    public static Func<ServiceId, MdnsAnnouncement?>? AnnouncementFinder(MdnsResponder? responder) =>
        responder is null ? null : id => responder.TryGetAnnouncement(id, out var announcement) ? announcement : null;

    private static MdnsOptions OptionsFor(BeaconOptions options) => new()
    {
        Domain = options.MdnsDomain,
        Interfaces = options.MdnsInterfaces,
        HostName = options.MdnsHostName,
        InstanceName = options.MdnsInstance,
        UnicastAnswersPerSecond = options.MdnsAnswerLimit,
        Unhealthy = options.UnhealthyMdns,
        Maintenance = options.MaintenanceMdns,
        HttpPort = options.Port,
        Version = BeaconVersion.Short,
        ApiPath = options.ApiPrefix,
    };
}
