using Beacon.Storage;

namespace Beacon.Aot.Api;

/// <summary>Waits for the store, so that an answer of success means the change is on disk.</summary>
internal sealed class StoredChanges(WriteThrough store, RefusalLog refusals)
{
    /// <summary>False: answered with 503.</summary>
    public async ValueTask<bool> IsStoredAsync(HttpContext context, long sequence)
    {
        try
        {
            await store.StoredAsync(sequence, context.RequestAborted);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            refusals.Tell(context.Request, exception.Message);
            ApiErrors.Send(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
            return false;
        }
    }
}
