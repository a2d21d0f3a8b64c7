using System.Buffers.Text;
using System.Text;
using Beacon.Storage;
using Beacon.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Beacon.Features.Events;

/// <summary>
/// Copies the event log to an archive, in order. What is not copied yet is in the store, so an archive that is away costs no memory; what the
/// log has thrown away by the time it is back is not in it.
/// </summary>
public sealed class EventArchiver(IEventStore store, IRecordStore records, IEventArchive archive, TimeProvider time, ILogger logger)
{
    private const string Collection = "events";
    private const string Mark = "archived";
    private const int Portion = 500;

    private long? _archived;
    private bool _isFailing;

    /// <summary>How often is looked for something to copy, and an archive that failed is tried again.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        do
        {
            await StepAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Copies all there is. Never throws but for cancellation.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var archived = _archived ?? await ReadMarkAsync(cancellationToken);
            while (await store.ReadAfterAsync(archived, Portion, cancellationToken) is { Count: > 0 } entries)
            {
                await archive.StoreAsync(entries, cancellationToken);
                archived = entries[^1].Id;

                // Durable, and with it the entries themselves: after a power cut no entry can come again under a number that counts as copied.
                await records.WriteAsync(Collection, Mark, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{archived}")), cancellationToken);
                _archived = archived;
            }

            _archived = archived;
            if (_isFailing)
            {
                _isFailing = false;
                EventLogMessages.ArchiveRecovered(logger);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                EventLogMessages.ArchiveFailed(logger, error.Message);
            }
        }
    }

    /// <summary>0 before the first, and when somebody has written something else there: copying all again changes nothing.</summary>
    private async Task<long> ReadMarkAsync(CancellationToken cancellationToken) =>
        await records.ReadAsync(Collection, Mark, cancellationToken) is { } json && Utf8Parser.TryParse(json.Span, out long mark, out _) ? mark : 0;
}
