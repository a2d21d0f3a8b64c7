using Microsoft.Extensions.Logging;

namespace Beacon.Features.Status;

/// <summary>Log catalogue 4400–4499: the status page.</summary>
internal static partial class StatusLog
{
    [LoggerMessage(4400, LogLevel.Warning, "The status page is shown without its history, which cannot be read: {Error}")]
    public static partial void PastUnreadable(ILogger logger, string error);

    [LoggerMessage(4401, LogLevel.Information, "The status page has its history again")]
    public static partial void PastReadable(ILogger logger);
}
