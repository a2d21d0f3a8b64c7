namespace Beacon.Mdns.Querying;

/// <summary>Something that becomes due and knows its place in the heap that watches it.</summary>
internal interface IScheduled
{
    long Due { get; }

    /// <summary>-1 when it is in none.</summary>
    int HeapIndex { get; set; }
}
