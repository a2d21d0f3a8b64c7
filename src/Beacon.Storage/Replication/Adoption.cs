using Beacon.Registry.Services;

namespace Beacon.Storage.Replication;

/// <summary>What became of services that were offered to the registry.</summary>
/// <param name="Outdone">Those that stayed out, each with the registered service that has its name, host and port.</param>
/// <param name="WithoutRoom">How many stayed out because the registry is full.</param>
public sealed record Adoption(int Taken, IReadOnlyList<(ServiceId Id, ServiceId Registered)> Outdone, int WithoutRoom);
