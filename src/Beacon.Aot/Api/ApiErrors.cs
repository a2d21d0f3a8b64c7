using Beacon.Registry;

namespace Beacon.Aot.Api;

/// <summary>Every refusal of the API but the list of problems of a 422: its status and its sentence, in one table.</summary>
internal static class ApiErrors
{
    public const string ServiceNotFound = "Service not found";
    public const string NotFound = "Not Found";
    public const string MethodNotAllowed = "Method Not Allowed";
    public const string IdentityTaken = "Another service is registered with this name, host and port";
    public const string RegistryFull = "The registry is full; it takes no further services until some leave";
    public const string BodyTooLarge = "The request body is larger than 65536 bytes";
    public const string HeartbeatsTooLarge = "The request body is larger than 524288 bytes; send the ids in several requests";
    public const string MdnsDoesNotAnswer = "The mDNS thread is busy or stuck; try again";
    public const string DatabaseNeverReached = "The database has not been reached since the start, so nobody knows what is registered; try again";
    public const string HistoryUnreadable = "The history cannot be read now; try again";
    public const string Internal = "Internal Server Error";
    public const string ForeignOrigin =
        "Requests that change the registry are not accepted from web pages of this origin; add the origin to CORS_ORIGINS to allow it";

    /// <summary>Seconds after which a client may try again when the store or the registry could not take its request.</summary>
    public const int RetryAfterSeconds = 5;

    public static void Send(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString();
        }

        using var body = JsonBody.Rent();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("detail"u8, detail);
        body.Writer.WriteEndObject();
        ApiAnswer.Send(context, status, body);
    }

    public static void Send(HttpContext context, RegistryOutcome refusal)
    {
        var (status, detail) = refusal switch
        {
            RegistryOutcome.UnknownService => (StatusCodes.Status404NotFound, ServiceNotFound),
            RegistryOutcome.IdentityTaken => (StatusCodes.Status409Conflict, IdentityTaken),
            RegistryOutcome.LimitReached => (StatusCodes.Status503ServiceUnavailable, RegistryFull),
            _ => (StatusCodes.Status500InternalServerError, Internal),
        };
        Send(context, status, detail);
    }
}
