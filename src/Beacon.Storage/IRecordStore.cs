namespace Beacon.Storage;

/// <summary>Small records by collection and id, as UTF-8 JSON; for cold data such as the mDNS names that were won.</summary>
public interface IRecordStore
{
    Task<ReadOnlyMemory<byte>?> ReadAsync(string collection, string id, CancellationToken cancellationToken);

    Task WriteAsync(string collection, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    Task DeleteAsync(string collection, string id, CancellationToken cancellationToken);
}
