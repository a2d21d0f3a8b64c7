namespace Beacon.Aot.Api.Health;

/// <summary>Reading from the store may fail; then nobody knows, which is not the same as "nothing was".</summary>
internal static class HistoryAnswer
{
    /// <returns>Null: answered with 503.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, ILogger logger, Func<CancellationToken, Task<T>> read)
        where T : class
    {
        try
        {
            return await read(context.RequestAborted);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ApiLog.StoreUnavailable(logger, context.Request.Method, context.Request.Path, error.Message);
            ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, ApiErrors.HistoryUnreadable);
            return null;
        }
    }
}
