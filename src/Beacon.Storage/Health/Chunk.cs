namespace Beacon.Storage.Health;

/// <summary>A stretch of one series. What is in it is the business of whoever wrote it.</summary>
public readonly record struct Chunk(ChunkKey Key, ReadOnlyMemory<byte> Data);
