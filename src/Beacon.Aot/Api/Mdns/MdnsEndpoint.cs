using Beacon.Aot.Api.Validation;
using Beacon.Aot.Configuration;
using Beacon.Mdns;

namespace Beacon.Aot.Api.Mdns;

/// <summary><c>GET /mdns</c>: why the network finds something, or does not.</summary>
internal sealed class MdnsEndpoint(MdnsResponder? responder, BeaconOptions options, TimeProvider time)
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder endpoints, string prefix)
    {
        var services = endpoints.ServiceProvider;
        var endpoint = new MdnsEndpoint(
            services.GetService<MdnsResponder>(), services.GetRequiredService<BeaconOptions>(), services.GetRequiredService<TimeProvider>());
        endpoints.MapMethods(prefix + "/mdns", Read, endpoint.AnswerAsync);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var problems = new Problems();
        if (NameFilter.Read(context.Request.Query, problems) is not { } filter)
        {
            problems.Send(context);
            return;
        }

        var picture = responder is null ? null : await responder.LookAsync(context.RequestAborted);
        if (picture is null && responder?.Status.Running == true)
        {
            ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, ApiErrors.MdnsDoesNotAnswer);
            return;
        }

        using var body = JsonBody.Rent();
        if (picture is null)
        {
            MdnsJsonWriter.WriteNothing(body.Writer, responder is null ? "off" : "stopped", options.MdnsDomain, filter);
        }
        else
        {
            MdnsJsonWriter.Write(body.Writer, picture, filter, time.GetUtcNow());
        }

        context.Response.Headers.CacheControl = "no-store";
        ApiAnswer.Send(context, StatusCodes.Status200OK, body);
    }
}
