using System.Buffers;
using System.Text.Json;
using Beacon.Mdns.Publishing;
using Beacon.Registry.Queries;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The bodies of the answers about services.</summary>
internal static class ServiceAnswers
{
    /// <summary>Kept in every answer of a discovery, because clients of the earlier implementation read it.</summary>
    private const string DiscoveryMethod = "api";

    public static void SendService(HttpContext context, int status, in ServiceView view)
    {
        using var body = JsonBody.Rent();
        ServiceJsonWriter.Write(body.Writer, view);
        ApiAnswer.Send(context, status, body);
    }

    public static void SendTaggedService(HttpContext context, in ServiceView view)
    {
        using var body = JsonBody.Rent();
        ServiceJsonWriter.Write(body.Writer, view);
        ApiAnswer.SendTagged(context, body);
    }

    /// <summary>The service and what the network is told about it.</summary>
    public static void SendStatus(HttpContext context, in ServiceView view, MdnsAnnouncement? announcement, bool mdnsIsOn)
    {
        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        ServiceJsonWriter.WriteMembers(body.Writer, view);
        AnnouncementWriter.Write(body.Writer, view, announcement, mdnsIsOn);
        body.Writer.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
    }

    public static void SendHeartbeat(HttpContext context, in ServiceView view)
    {
        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        WriteHeartbeatMembers(body.Writer, view);
        body.Writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }

    /// <summary>The members alone: the live connection answers a heartbeat with the same.</summary>
    public static void WriteHeartbeatMembers(Utf8JsonWriter writer, in ServiceView view)
    {
        writer.WriteString(ServiceField.ServiceId, view.Id.Value);
        writer.WriteString(ServiceField.Status, ServiceStatusText.Of(view.Status));
        UtcText.WriteString(writer, ServiceField.ExpiresAt, view.Lease.ExpiresAt);
        UtcText.WriteString(writer, ServiceField.LastHeartbeat, view.Lease.LastHeartbeat);
        writer.WriteString("message"u8, "Heartbeat received successfully"u8);
    }

    public static void SendDeregistered(HttpContext context, in ServiceView view, bool withdrawn)
    {
        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("message"u8, "Service deregistered"u8);
        writer.WriteString(ServiceField.ServiceId, view.Id.Value);
        writer.WriteString("service_name"u8, view.Instance.Name);
        writer.WriteBoolean("mdns_deregistered"u8, withdrawn);
        writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }

    public static void SendCleanedUp(HttpContext context, int removed)
    {
        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        writer.WriteString("message"u8, "Expired services removed"u8);
        writer.WriteNumber("removed_count"u8, removed);
        writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }

    public static void SendList(HttpContext context, in ServicePage page, int skip, int limit)
    {
        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        WriteServices(body, page);
        writer.WriteNumber("total"u8, page.Total);
        writer.WriteNumber("page"u8, (skip / limit) + 1);
        writer.WriteNumber("page_size"u8, limit);
        writer.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
    }

    /// <summary>One service a line, sent as they are written: a client that reads slowly costs a buffer, not the list.</summary>
    public static async Task SendLinesAsync(HttpContext context, IEnumerable<ServiceView> services)
    {
        context.Response.ContentType = JsonLines.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var waiting = 0;
        foreach (var view in services)
        {
            waiting += WriteLine(context, view);
            if (waiting >= JsonLines.FlushBytes)
            {
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                waiting = 0;
            }
        }
    }

    public static void SendDiscovery(HttpContext context, in ServicePage page, ServiceQuery query)
    {
        using var body = JsonBody.Rent();
        var writer = body.Writer;
        writer.WriteStartObject();
        WriteServices(body, page);
        writer.WriteNumber("total"u8, page.Total);
        writer.WriteStartObject("filters_applied"u8);
        foreach (var (name, value) in query.Applied)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        writer.WriteString("discovery_method"u8, DiscoveryMethod);
        writer.WriteEndObject();
        ApiAnswer.SendTagged(context, body);
    }

    public static void SendTexts(HttpContext context, IReadOnlyList<string> texts)
    {
        using var body = JsonBody.Rent();
        body.Writer.WriteStartArray();
        foreach (var text in texts)
        {
            body.Writer.WriteStringValue(text);
        }

        body.Writer.WriteEndArray();
        ApiAnswer.SendTagged(context, body);
    }

    private static int WriteLine(HttpContext context, in ServiceView view)
    {
        using var body = JsonBody.Rent();
        ServiceJsonWriter.Write(body.Writer, view);
        var json = body.Written();
        context.Response.BodyWriter.Write(json);
        context.Response.BodyWriter.Write("\n"u8);
        return json.Length + 1;
    }

    private static void WriteServices(JsonBody body, in ServicePage page)
    {
        body.Writer.WriteStartArray("services"u8);
        foreach (var view in page.Services)
        {
            ServiceJsonWriter.Write(body.Writer, view);
        }

        body.Writer.WriteEndArray();
    }
}
