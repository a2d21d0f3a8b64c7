namespace Beacon.Storage.Health;

/// <summary>A database that other programs read the history from. Beacon writes to it and never reads: what it answers comes from its own store.</summary>
public interface IHealthArchive
{
    /// <summary>Storing the same again changes nothing. A failure is an exception; some of it may be stored then.</summary>
    Task StoreAsync(ArchiveBatch batch, CancellationToken cancellationToken);
}
