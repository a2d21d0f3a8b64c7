using Beacon.Aot.Api.Validation;
using Beacon.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Beacon.Aot.Api.Services;

/// <summary>
/// Renews up to <see cref="MaxIds"/> leases with one request, for gateways that speak for many devices. What nobody has is named in the
/// answer; the rest is renewed all the same.
/// </summary>
internal sealed class HeartbeatsEndpoint(ServiceRegistry registry, ApiSettings settings)
{
    public const int MaxIds = 10_000;

    /// <summary>Bytes: ten thousand ids with quotes, commas and some white space.</summary>
    public const int MaxBody = 512 * 1024;

    public async Task Beat(HttpContext context)
    {
        var problems = new Problems();
        var ttl = context.Request.QueryString.HasValue ? ServiceQueryReader.ReadInteger(context.Request.Query, QueryRules.Ttl, problems) : null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }

        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted, MaxBody);
        if (body is null)
        {
            ApiErrors.Send(context, StatusCodes.Status413PayloadTooLarge, ApiErrors.HeartbeatsTooLarge);
            return;
        }

        using var batch = new HeartbeatBatch(MaxIds);
        if (HeartbeatBatchReader.Read(body.Bytes, batch, ref ttl, problems) is not { } texts || problems.Any)
        {
            problems.Send(context);
            return;
        }

        var unknown = new List<int>();
        var renewed = registry.Renew(batch.Ids, ttl, unknown);
        if (unknown.Count > 0 && settings.IsBlind())
        {
            ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, ApiErrors.DatabaseNeverReached);
            return;
        }

        Send(context, batch, renewed, unknown, texts.Span);
    }

    private static void Send(HttpContext context, HeartbeatBatch batch, int renewed, List<int> unknown, ReadOnlySpan<byte> texts)
    {
        using var answer = JsonBody.Rent();
        var writer = answer.Writer;
        writer.WriteStartObject();
        writer.WriteNumber("renewed"u8, renewed);
        writer.WriteStartArray("unknown"u8);
        foreach (var position in unknown)
        {
            writer.WriteStringValue(batch.TextOf(position, texts));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        ApiAnswer.Send(context, StatusCodes.Status200OK, answer);
    }
}
