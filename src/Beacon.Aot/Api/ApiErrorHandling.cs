namespace Beacon.Aot.Api;

/// <summary>
/// The last word on requests nothing answered: unknown routes, wrong methods, requests the server gave up reading, and our own failures
/// all get <c>{"detail": …}</c>.
/// </summary>
internal sealed class ApiErrorHandling(RequestDelegate next, ILogger<ApiErrorHandling> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            ApiErrors.Send(context, exception.StatusCode, SentenceFor(exception.StatusCode) ?? exception.Message);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up; there is nobody to answer.
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            ApiLog.RequestFailed(logger, context.Request.Method, context.Request.Path, exception);
            context.Response.Clear();
            ApiErrors.Send(context, StatusCodes.Status500InternalServerError, ApiErrors.Internal);
            return;
        }

        var response = context.Response;
        if (!response.HasStarted && response.ContentType is null && response.ContentLength is null
            && SentenceFor(response.StatusCode) is { } sentence)
        {
            ApiErrors.Send(context, response.StatusCode, sentence);
        }
    }

    private static string? SentenceFor(int status) => status switch
    {
        StatusCodes.Status404NotFound => ApiErrors.NotFound,
        StatusCodes.Status405MethodNotAllowed => ApiErrors.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => ApiErrors.BodyTooLarge,
        _ => null,
    };
}
