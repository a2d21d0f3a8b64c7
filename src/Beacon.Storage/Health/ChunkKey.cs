namespace Beacon.Storage.Health;

/// <summary>Where a chunk is: what, from when, of whom; as one number, so that what is written together lies together on the disk.</summary>
/// <param name="Value">Sorted by kind, then time, then series.</param>
public readonly record struct ChunkKey(long Value)
{
    private const int KindShift = 56;
    private const int HourShift = 32;
    private const int MostHours = (1 << (KindShift - HourShift)) - 1;

    /// <param name="hour">Whole hours since 1970 UTC; beyond what a key can hold (the year 3883) it is the last one.</param>
    /// <param name="series">0: Beacon as a whole.</param>
    public static ChunkKey Of(SeriesKind kind, long hour, int series) =>
        new(((long)kind << KindShift) | (Math.Clamp(hour, 0, MostHours) << HourShift) | (uint)series);

    public SeriesKind Kind => (SeriesKind)(Value >> KindShift);

    public long Hour => (Value >> HourShift) & MostHours;

    public int Series => (int)Value;
}
