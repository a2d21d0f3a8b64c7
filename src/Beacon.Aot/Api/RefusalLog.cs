namespace Beacon.Aot.Api;

/// <summary>
/// Tells of changes that were refused: of the first at once, of later ones once a minute with their number. Clients try again every few seconds,
/// and the usual reason is a full disk, which the log may lie on. Any thread.
/// </summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private long? _toldAt;
    private int _untold;

    public void Tell(HttpRequest request, string reason)
    {
        int untold;
        lock (_gate)
        {
            if (_toldAt is { } at && time.GetElapsedTime(at) < Quiet)
            {
                _untold++;
                return;
            }

            _toldAt = time.GetTimestamp();
            untold = _untold;
            _untold = 0;
        }

        ApiLog.StoreUnavailable(logger, request.Method, request.Path, reason);
        if (untold > 0)
        {
            ApiLog.MoreStoreUnavailable(logger, untold);
        }
    }
}
