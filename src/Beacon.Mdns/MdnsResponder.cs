using System.Diagnostics.CodeAnalysis;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Transport;
using Beacon.Registry;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns;

// Contract first: the bodies follow with the engine.
/// <summary>Announces the registry's services, and Beacon itself, on every link.</summary>
public sealed class MdnsResponder(
    MdnsOptions options,
    ServiceRegistry registry,
    IMulticastTransport transport,
    IHostLookup lookup,
    IMdnsNameStore names,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>The latest whole picture; a field read.</summary>
    public MdnsStatus Status { get; } = new(false, options.Domain, "", [], 0, 0, 0, 0, 0, 0);

    /// <summary>Runs until <paramref name="stopping"/>, then says goodbye for everything and returns within a second.</summary>
    public Task RunAsync(CancellationToken stopping)
    {
        _ = (registry, transport, lookup, names, time, logger);
        throw new NotSupportedException();
    }

    /// <summary>Any thread. False for a service that is unknown, expired or not taken up yet.</summary>
    public bool TryGetAnnouncement(ServiceId id, [NotNullWhen(true)] out MdnsAnnouncement? announcement)
    {
        announcement = null;
        return Status.Running && announcement is not null;
    }
}
