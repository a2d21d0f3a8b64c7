using System.Text.Json;
using Beacon.Aot.Api.Validation;

namespace Beacon.Aot.Api;

/// <summary>Turns the body of a request into a checked value, or answers 413 or 422 itself.</summary>
internal static class RequestReader
{
    /// <summary>Reads what it needs from the root of a body; null when it found problems.</summary>
    public delegate T? Parser<T>(HttpContext context, in JsonElement body, Problems problems)
        where T : class;

    /// <param name="bodyIsOptional">A request without a body then counts as one with an empty object.</param>
    /// <returns>Null when the request has been answered.</returns>
    public static async ValueTask<T?> ReadAsync<T>(HttpContext context, Parser<T> parse, bool bodyIsOptional = false)
        where T : class
    {
        using var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        if (body is null)
        {
            ApiErrors.Send(context, StatusCodes.Status413PayloadTooLarge, ApiErrors.BodyTooLarge);
            return null;
        }

        var problems = new Problems();
        var json = bodyIsOptional && JsonInput.IsBlank(body.Bytes.Span) ? JsonInput.EmptyObject : body.Bytes;
        using var document = JsonInput.ParseObject(json, problems);
        var value = document is null ? null : parse(context, document.RootElement, problems);
        if (value is null)
        {
            problems.Send(context);
        }

        return value;
    }
}
