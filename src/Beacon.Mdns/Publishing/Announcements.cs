using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Publishing;

/// <summary>Puts a service's announcement into words for status pages and the API.</summary>
internal static class Announcements
{
    public static MdnsAnnouncement Describe(PublishedService service, LinkTable links)
    {
        var target = service.Target;
        var (state, reason) = StateOf(service, links);
        return new MdnsAnnouncement(
            state,
            service.Label,
            service.ServiceType,
            target?.Text ?? "",
            target?.AnnouncedAddresses() ?? [],
            reason)
        {
            Port = service.Port,
            Txt = StringsOf(service.Txt),
        };
    }

    private static List<string> StringsOf(ReadOnlySpan<byte> rdata)
    {
        List<string> strings = [];
        if (TxtRecord.TryRead(rdata, out var record) == WireError.None)
        {
            foreach (var text in record)
            {
                strings.Add(WireName.LabelToText(text));
            }
        }

        return strings;
    }

    private static (AnnouncementState State, string? Reason) StateOf(PublishedService service, LinkTable links)
    {
        if (service.Target is null)
        {
            return (AnnouncementState.WaitingForAddress, "The host name is being looked up.");
        }

        if (service.Name is not { } name)
        {
            return (AnnouncementState.Refused, "The service type is no valid DNS-SD type.");
        }

        var held = false;
        for (var at = 0; at < links.Count; at++)
        {
            switch (name.StateOn(links[at]))
            {
                case ClaimState.Probing:
                    return (AnnouncementState.Probing, null);
                case ClaimState.Held:
                    held = true;
                    break;
                default:
                    break;
            }
        }

        return held ? (AnnouncementState.Announced, null) : (AnnouncementState.Probing, "No network interface is in use.");
    }
}
