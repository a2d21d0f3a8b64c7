namespace Beacon.Storage;

/// <summary>A row of failures without a success between them.</summary>
/// <param name="StartedAt">Monotonic timestamp of the first.</param>
/// <param name="Error">Message of the newest.</param>
internal sealed record StoreTrouble(long StartedAt, int Failures, string Error);
