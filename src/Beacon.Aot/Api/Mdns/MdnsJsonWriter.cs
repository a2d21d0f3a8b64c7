using System.Net;
using System.Text.Json;
using Beacon.Aot.Api.Services;
using Beacon.Mdns.Links;
using Beacon.Mdns.Status;

namespace Beacon.Aot.Api.Mdns;

/// <summary>The body of <c>GET /mdns</c>.</summary>
internal static class MdnsJsonWriter
{
    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText ServiceId = ServiceField.ServiceId;

    private static readonly JsonEncodedText[] Reasons =
        [.. Enum.GetValues<DropReason>().Select(reason => JsonEncodedText.Encode(JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString())))];

    public static void Write(Utf8JsonWriter json, MdnsPicture picture, NameFilter filter, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("state"u8, "running"u8);
        json.WriteString("domain"u8, picture.Domain);
        json.WriteString("host_name"u8, picture.HostName);
        json.WriteBoolean("port_shared"u8, picture.SharesPort);
        json.WriteNumber("conflicts"u8, picture.Conflicts);
        WriteConflict(json, picture.LastConflict, now);
        json.WriteNumber("dropped_by_system"u8, picture.DroppedBySystem);
        json.WriteNumber("not_our_interface"u8, picture.NotOurLink);
        json.WriteStartArray("interfaces"u8);
        foreach (var link in picture.Links)
        {
            WriteLink(json, link);
        }

        json.WriteEndArray();
        WriteNames(json, picture, filter);
        json.WriteEndObject();
    }

    /// <summary>The same members, for a Beacon that announces nothing.</summary>
    public static void WriteNothing(Utf8JsonWriter json, string state, string domain, NameFilter filter)
    {
        json.WriteStartObject();
        json.WriteString("state"u8, state);
        json.WriteString("domain"u8, domain);
        json.WriteString("host_name"u8, "");
        json.WriteBoolean("port_shared"u8, false);
        json.WriteNumber("conflicts"u8, 0);
        json.WriteNull("last_conflict"u8);
        json.WriteNumber("dropped_by_system"u8, 0);
        json.WriteNumber("not_our_interface"u8, 0);
        json.WriteStartArray("interfaces"u8);
        json.WriteEndArray();
        json.WriteStartArray("names"u8);
        json.WriteEndArray();
        WritePage(json, 0, filter);
        json.WriteEndObject();
    }

    private static void WriteConflict(Utf8JsonWriter json, ConflictPicture? conflict, DateTimeOffset now)
    {
        if (conflict is null)
        {
            json.WriteNull("last_conflict"u8);
            return;
        }

        json.WriteStartObject("last_conflict"u8);
        json.WriteString("name"u8, conflict.Name);
        json.WriteString("interface"u8, conflict.Interface);
        json.WriteString("from"u8, conflict.Source.ToString());
        UtcText.WriteString(json, At, now - conflict.Since);
        json.WriteString("outcome"u8, conflict.WasHeld ? "asked_again"u8 : "left_to_the_other"u8);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, LinkPicture link)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, link.Info.Name);
        json.WriteNumber("index"u8, link.Info.Index);
        json.WriteNumber("mtu"u8, link.Info.Mtu);
        json.WriteBoolean("ipv4"u8, link.Info.HasIPv4);
        json.WriteBoolean("ipv6"u8, link.Info.HasIPv6);
        json.WriteStartArray("addresses"u8);
        foreach (var address in link.Info.Addresses)
        {
            // Without its scope, which is this interface.
            json.WriteStringValue($"{new IPAddress(address.Address.GetAddressBytes())}/{address.PrefixLength}");
        }

        json.WriteEndArray();
        json.WriteString("state"u8, StateOf(link));
        json.WriteStartObject("names"u8);
        json.WriteNumber("waiting"u8, link.Names[(int)NameState.Waiting]);
        json.WriteNumber("probing"u8, link.Names[(int)NameState.Probing]);
        json.WriteNumber("announced"u8, link.Names[(int)NameState.Announced]);
        json.WriteEndObject();
        json.WriteStartObject("packets"u8);
        json.WriteNumber("received"u8, link.Received);
        json.WriteNumber("sent"u8, link.Sent);
        json.WriteStartObject("dropped"u8);
        for (var reason = 0; reason < Reasons.Length; reason++)
        {
            json.WriteNumber(Reasons[reason], link.Dropped[reason]);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("answers_withheld"u8, link.Withheld);
        json.WriteEndObject();
    }

    /// <summary>Announced when nothing is left to be asked for.</summary>
    private static ReadOnlySpan<byte> StateOf(LinkPicture link) =>
        link.Names[(int)NameState.Probing] + link.Names[(int)NameState.Waiting] > 0 ? "probing"u8 : "announced"u8;

    private static void WriteNames(Utf8JsonWriter json, MdnsPicture picture, NameFilter filter)
    {
        var names = filter.Apply(picture.Names);
        json.WriteStartArray("names"u8);
        foreach (var name in names.Skip(filter.Skip).Take(filter.Limit))
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name.Text);
            json.WriteString("kind"u8, name.Kind == NameKind.Host ? "host"u8 : "instance"u8);
            if (name.Service is { } service)
            {
                json.WriteString(ServiceId, service.Value);
            }
            else
            {
                json.WriteNull(ServiceId);
            }

            json.WriteString("renamed_from"u8, name.Wanted);
            json.WriteStartObject("interfaces"u8);
            for (var at = 0; at < picture.Links.Count; at++)
            {
                json.WriteString(picture.Links[at].Info.Name, StateOf(name.States[at]));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePage(json, names.Count, filter);
    }

    private static ReadOnlySpan<byte> StateOf(NameState state) => state switch
    {
        NameState.Announced => "announced"u8,
        NameState.Probing => "probing"u8,
        NameState.Waiting => "waiting"u8,
        _ => "none"u8,
    };

    private static void WritePage(Utf8JsonWriter json, int total, NameFilter filter)
    {
        json.WriteNumber("total"u8, total);
        json.WriteNumber("page"u8, (filter.Skip / filter.Limit) + 1);
        json.WriteNumber("page_size"u8, filter.Limit);
    }
}
