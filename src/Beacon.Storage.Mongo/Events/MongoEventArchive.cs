using Beacon.Storage.Events;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace Beacon.Storage.Mongo.Events;

/// <summary>The collection <c>audit</c>. Over connections of its own: the services go first. Its index is made with those of the services.</summary>
public sealed class MongoEventArchive : IEventArchive, IDisposable
{
    private readonly MongoOptions _options;
    private readonly MongoLink _link;

    public MongoEventArchive(MongoOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _link = new MongoLink(options, logger);
    }

    public async Task StoreAsync(IReadOnlyList<EventEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await _link.ConnectAsync(cancellationToken);
        try
        {
            await _link.InsertOnceAsync(MongoOptions.Audit, [.. entries.Select(x => EventDocument.Of(x, _options.BeaconId))], cancellationToken);
        }
        catch (Exception error) when (error is MongoException or TimeoutException)
        {
            throw _link.Explain(error);
        }
    }

    public void Dispose() => _link.Dispose();
}
