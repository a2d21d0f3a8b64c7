namespace Beacon.Registry.Leases;

/// <summary>Names one scheduled entry of a wheel. The generation makes a handle harmless once its entry has come due or was cancelled.</summary>
public readonly record struct LeaseHandle(int Index, int Generation);
