namespace Beacon.Storage;

/// <summary>The one thing the store is busy with.</summary>
/// <param name="Batch">Null for a resynchronisation, which makes its own.</param>
/// <param name="Outcome">Sequence up to which the store is level when it succeeds.</param>
/// <param name="Covers">Sequence up to which waiters are concerned when it fails.</param>
/// <param name="StartedAt">Monotonic.</param>
internal sealed record WriteFlight(WriteBatch? Batch, Task<long> Outcome, long Covers, long StartedAt)
{
    /// <summary>The operator was told that it hangs.</summary>
    public bool SlowTold { get; set; }
}
