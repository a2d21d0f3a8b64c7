using System.Buffers;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Validation;
using Beacon.Aot.Logging;
using Beacon.Features.Events;
using Beacon.Storage.Events;

namespace Beacon.Aot.Api.Events;

/// <summary><c>GET /events</c>: what happened, page by page, or all of it as one JSON object a line.</summary>
internal sealed class EventEndpoint(EventLog events, ILogger<EventEndpoint> logger)
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new EventEndpoint(services.GetRequiredService<EventLog>(), services.Logger<EventEndpoint>());
        endpoints.MapMethods(prefix + "/events", Read, endpoint.AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var problems = new Problems();
        if (EventQueryReader.Read(context.Request.Query, problems) is not { } query)
        {
            problems.Send(context);
            return;
        }

        var isExport = JsonLines.AreWanted(context.Request);
        query = isExport ? query with { Limit = EventRules.MaxLimit } : query;
        if (await HistoryAnswer.ReadAsync(context, logger, x => events.ReadAsync(query, x)) is not { } page)
        {
            return;
        }

        context.Response.Headers.Append("Vary", "Accept");
        if (isExport)
        {
            await ExportAsync(context, query, page);
            return;
        }

        using var body = JsonBody.Rent();
        EventJsonWriter.WritePage(body.Writer, page);
        ApiAnswer.SendTagged(context, body);
    }

    /// <summary>
    /// Page after page, so that a log of any length takes the memory of one. What happens meanwhile has larger ids and is not in it.
    /// </summary>
    private async Task ExportAsync(HttpContext context, EventQuery query, EventPage page)
    {
        context.Response.ContentType = JsonLines.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        while (true)
        {
            Write(context, page);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            if (page.Next is not { } next)
            {
                return;
            }

            try
            {
                page = await events.ReadAsync(query with { Before = next }, context.RequestAborted);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The status has been sent: a connection cut off is the only way left to say that this is not all.
                ApiLog.StoreUnavailable(logger, context.Request.Method, context.Request.Path, error.Message);
                context.Abort();
                return;
            }
        }
    }

    private static void Write(HttpContext context, EventPage page)
    {
        foreach (var entry in page.Entries)
        {
            using var body = JsonBody.Rent();
            EventJsonWriter.Write(body.Writer, entry);
            context.Response.BodyWriter.Write(body.Written());
            context.Response.BodyWriter.Write("\n"u8);
        }
    }
}
