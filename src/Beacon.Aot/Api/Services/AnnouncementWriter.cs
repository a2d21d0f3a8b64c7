using System.Text.Json;
using Beacon.Mdns.Publishing;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The <c>mdns</c> member of a service's status: whether the network can find it, and if not, why.</summary>
internal static class AnnouncementWriter
{
    public static void Write(Utf8JsonWriter writer, in ServiceView service, MdnsAnnouncement? announcement, bool isSwitchedOn)
    {
        writer.WriteStartObject("mdns"u8);
        writer.WriteString("state"u8, StateOf(announcement, isSwitchedOn));
        writer.WriteString("instance"u8, announcement?.InstanceName);
        writer.WriteString("service_type"u8, announcement?.ServiceType);
        writer.WriteString("target"u8, announcement?.Target);
        writer.WriteNumber("port"u8, announcement?.Port ?? 0);
        writer.WriteStartArray("addresses"u8);
        foreach (var address in announcement?.Addresses ?? [])
        {
            writer.WriteStringValue(address.ToString());
        }

        writer.WriteEndArray();
        writer.WriteStartArray("txt"u8);
        foreach (var text in announcement?.Txt ?? [])
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
        writer.WriteString("reason"u8, announcement is null && isSwitchedOn ? Withheld(service) : announcement?.Reason);
        writer.WriteEndObject();
    }

    private static string? Withheld(in ServiceView service) => service switch
    {
        { Status: ServiceStatus.Expired } => "Its lease ran out.",
        { Instance.Maintenance: not null } => "It is withheld during its maintenance.",
        { Status: ServiceStatus.Unhealthy } => "It is withheld while its health checks fail.",
        _ => null,
    };

    private static ReadOnlySpan<byte> StateOf(MdnsAnnouncement? announcement, bool isSwitchedOn) => announcement?.State switch
    {
        AnnouncementState.Announced => "announced"u8,
        AnnouncementState.Probing => "probing"u8,
        AnnouncementState.WaitingForAddress => "waiting_for_address"u8,
        AnnouncementState.Refused => "refused"u8,
        _ => isSwitchedOn ? "not_announced"u8 : "off"u8,
    };
}
