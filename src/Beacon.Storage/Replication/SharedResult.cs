using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>How one write ended.</summary>
/// <param name="Revision">With <see cref="SharedOutcome.Conflict"/>: the revision that is there.</param>
/// <param name="IsForeign">With <see cref="SharedOutcome.Conflict"/>: it was written by somebody else.</param>
/// <param name="Holder">With <see cref="SharedOutcome.IdentityHeld"/>: who has the name.</param>
/// <param name="Error">With <see cref="SharedOutcome.Refused"/>: why.</param>
public readonly record struct SharedResult(
    SharedOutcome Outcome, long Revision = 0, bool IsForeign = false, ServiceId? Holder = null, string? Error = null)
{
    public static SharedResult Stored { get; } = new(SharedOutcome.Stored);

    public static SharedResult Missing { get; } = new(SharedOutcome.Missing);
}
