namespace Beacon.Registry.Services;

/// <summary>
/// A planned interruption: checks go on, and failures are expected. The lease does not end before it is over and one usual lease has
/// passed, because nobody can send heartbeats from a machine that is switched off.
/// </summary>
/// <param name="Since">UTC.</param>
/// <param name="Until">UTC.</param>
/// <param name="Reason">For people; may be empty.</param>
public sealed record Maintenance(DateTimeOffset Since, DateTimeOffset Until, string Reason);
