using System.Globalization;
using System.Net;
using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Tests.Simulation.Hosts;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Simulation.Rules;

/// <summary>
/// Beacon says only what is registered with it at this instant: no port, no TXT and no pointer of a service that is gone or was
/// changed. With it nothing of a dead owner is refreshed in anybody's cache, so lifetimes bound what is remembered.
/// </summary>
internal sealed class TruthRule : IWireRule
{
    public const string Revision = "rev";

    public void OnSent(WirePacket packet)
    {
        if (packet.From.Host is not BeaconHost beacon || !packet.Message.IsResponse)
        {
            return;
        }

        foreach (var record in packet.Message.Answers.Concat(packet.Message.Additionals))
        {
            if (record.Ttl > 0 && !IsTrue(beacon, record))
            {
                throw new SimulationFailure($"{beacon.Name} said what is not (or no longer) registered with it: {record}");
            }
        }
    }

    public void OnReceived(Port port, WirePacket packet)
    {
    }

    private static bool IsTrue(BeaconHost beacon, DecodedRecord record)
    {
        if (beacon.IsStopping)
        {
            return false;
        }

        switch (record.Type)
        {
            case DecodedRecord.Srv:
                var port = (record.Rdata[4] << 8) | record.Rdata[5];
                return port == beacon.Options.HttpPort || Any(beacon, service => service.Port == port);
            case DecodedRecord.Txt:
                return record.Value.Contains("api=", StringComparison.Ordinal)
                    || Any(beacon, service => record.Strings().Contains(Revision + "=" + RevisionOf(service)));
            case DecodedRecord.Ptr when !record.Name.StartsWith("_services.", StringComparison.Ordinal):
                return IsLabelOf(record.Value, beacon.Options.InstanceName) || Any(beacon, service => IsLabelOf(record.Value, service.Name));
            case DecodedRecord.A:
                return IsAddress(beacon, new IPAddress(record.Rdata));
            default:
                return true;
        }
    }

    private static string RevisionOf(ServiceInstance service) => service.MdnsTxtRecords.First(entry => entry.Key == Revision).Value;

    private static bool IsAddress(BeaconHost beacon, IPAddress address) =>
        beacon.Ports.Exists(port => port.Address.Equals(address))
        || Any(beacon, service =>
            service.Host.Split(' ').Contains(address.ToString()) || address.Equals(service.SourceAddress)
            || (beacon.NameServer.TryGetValue(service.Host, out var found) && found.Equals(address)));

    /// <summary>The label itself, or with the number of a conflict, which counts on from one that was registered.</summary>
    private static bool IsLabelOf(string instance, string label)
    {
        var number = label.IndexOf(" (", StringComparison.Ordinal);
        var start = (number < 0 ? label : label[..number]).Replace(".", "\\.", StringComparison.Ordinal);
        return instance.StartsWith(start, StringComparison.Ordinal)
            && (instance[start.Length] == '.' || instance.AsSpan(start.Length).StartsWith(" (", StringComparison.Ordinal));
    }

    private static bool Any(BeaconHost beacon, Func<ServiceInstance, bool> fits)
    {
        foreach (var service in beacon.Services.Values)
        {
            if (fits(service))
            {
                return true;
            }
        }

        return false;
    }

    internal static string NextRevision(int number) => number.ToString(CultureInfo.InvariantCulture);
}
