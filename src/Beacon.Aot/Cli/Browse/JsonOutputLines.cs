using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Beacon.Mdns.Browsing;

namespace Beacon.Aot.Cli.Browse;

/// <summary>One JSON object a line for each event, as it happens.</summary>
internal sealed class JsonOutputLines(Stream output) : IBrowseOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void OnService(BrowseEvent what, BrowsedService service) => Write(what, writer =>
    {
        writer.WriteString("kind"u8, "service"u8);
        writer.WriteString("name"u8, service.FullName);
        writer.WriteString("instance"u8, service.Instance);
        writer.WriteString("type"u8, service.Type);
        writer.WriteString("domain"u8, service.Domain);
        writer.WriteString("interface"u8, service.Interface);
        writer.WriteBoolean("resolved"u8, service.IsResolved);
        writer.WriteString("host"u8, service.Host.Length == 0 ? null : service.Host);
        writer.WriteNumber("port"u8, service.Port);
        WriteAddresses(writer, service.Addresses, service.Interface);
        writer.WriteStartObject("txt"u8);
        foreach (var (key, value) in service.Txt)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    });

    public void OnHost(BrowseEvent what, BrowsedHost host) => Write(what, writer =>
    {
        writer.WriteString("kind"u8, "host"u8);
        writer.WriteString("name"u8, host.Name);
        writer.WriteString("interface"u8, host.Interface);
        WriteAddresses(writer, host.Addresses, host.Interface);
    });

    public void Finish()
    {
    }

    private static void WriteAddresses(Utf8JsonWriter writer, IReadOnlyList<IPAddress> addresses, string onInterface)
    {
        writer.WriteStartArray("addresses"u8);
        foreach (var address in addresses)
        {
            writer.WriteStringValue(ServiceText.Address(address, onInterface));
        }

        writer.WriteEndArray();
    }

    private void Write(BrowseEvent what, Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var writer = new Utf8JsonWriter(line, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("event"u8, what switch
            {
                BrowseEvent.Found => "found"u8,
                BrowseEvent.Changed => "changed"u8,
                _ => "gone"u8,
            });
            members(writer);
            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        output.Write(line.GetBuffer(), 0, (int)line.Length);
        output.Flush();
    }
}
