namespace Beacon.Storage.Health;

/// <summary>Results that are in no chunk yet, as they came.</summary>
/// <param name="Sequence">Rises.</param>
public readonly record struct JournalEntry(long Sequence, ReadOnlyMemory<byte> Data);
