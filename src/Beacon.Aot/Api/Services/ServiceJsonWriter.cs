using System.Text.Json;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// One service as every answer and every live message shows it. The id comes first, so that a device that keeps only the beginning of an
/// answer has the member it needs; absent values are <c>null</c>, not left out, but for members that no earlier client knows.
/// </summary>
internal static class ServiceJsonWriter
{
    public static void Write(Utf8JsonWriter writer, in ServiceView view)
    {
        writer.WriteStartObject();
        WriteMembers(writer, view);
        writer.WriteEndObject();
    }

    /// <summary>The members alone, for an object that has more of them.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, in ServiceView view)
    {
        var service = view.Instance;
        writer.WriteString(ServiceField.ServiceId, service.Id.Value);
        writer.WriteString(ServiceField.Name, service.Name);
        writer.WriteString(ServiceField.Type, service.Type);
        writer.WriteString(ServiceField.Host, service.Host);
        writer.WriteNumber(ServiceField.Port, service.Port);
        writer.WriteString(ServiceField.Protocol, service.Protocol);
        WriteTexts(writer, ServiceField.Tags, service.Tags);
        WritePairs(writer, ServiceField.Metadata, service.Metadata);
        writer.WriteString(ServiceField.Status, ServiceStatusText.Of(view.Status));
        writer.WriteNumber(ServiceField.Ttl, service.TtlSeconds);
        UtcText.WriteString(writer, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(writer, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
        UtcText.WriteString(writer, ServiceField.CreatedAt, service.CreatedAt);
        UtcText.WriteString(writer, ServiceField.UpdatedAt, view.UpdatedAt);
        HealthJsonWriter.WriteMembers(writer, view);
        writer.WriteString(ServiceField.MdnsServiceType, service.MdnsServiceType);
        if (service.MdnsTxtRecords.Count > 0)
        {
            // No earlier client knows it, and devices keep the answer in 1,024 bytes: left out rather than empty.
            WritePairs(writer, ServiceField.MdnsTxtRecords, service.MdnsTxtRecords);
        }
    }

    internal static void WriteTexts(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.WriteStringValue(texts[i]);
        }

        writer.WriteEndArray();
    }

    internal static void WritePairs(Utf8JsonWriter writer, JsonEncodedText name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        writer.WriteStartObject(name);
        for (var i = 0; i < pairs.Count; i++)
        {
            writer.WriteString(pairs[i].Key, pairs[i].Value);
        }

        writer.WriteEndObject();
    }
}
