namespace Beacon.Testing.Chaos;

/// <summary>One request and how it ended. Requests of one household come one after the other, in the order of the history.</summary>
/// <param name="Household">Services of one household share three names, a host and a port; no other household has these.</param>
/// <param name="Id">Of the service that was meant, or that a registration was answered with; empty when a registration had no answer.</param>
/// <param name="Stamp">Marks the content that was written, never twice; 0 when none was.</param>
/// <param name="Ttl">Seconds the lease was asked to last; 0 when it was not renewed.</param>
/// <param name="SentAt">UTC.</param>
/// <param name="AnsweredAt">UTC; of the answer, or of its failing to come.</param>
public sealed record ChaosRecord(
    int Household,
    ChaosOperation Operation,
    ChaosOutcome Outcome,
    string Id,
    string Name,
    int Stamp,
    int Ttl,
    DateTimeOffset SentAt,
    DateTimeOffset AnsweredAt);
