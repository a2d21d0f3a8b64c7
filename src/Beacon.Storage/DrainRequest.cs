namespace Beacon.Storage;

/// <summary>A wish to have everything up to <paramref name="Sequence"/> stored, heartbeats held back included.</summary>
internal sealed record DrainRequest(long Sequence)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
