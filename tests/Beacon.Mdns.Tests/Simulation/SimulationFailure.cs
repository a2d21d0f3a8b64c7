namespace Beacon.Mdns.Tests.Simulation;

/// <summary>A property did not hold. The message says which, for whom and when.</summary>
internal sealed class SimulationFailure(string message) : Exception(message);
