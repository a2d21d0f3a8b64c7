using System.Net;

namespace Beacon.Features.Health.Targets;

/// <summary>One address of this machine and how much of it is the subnet.</summary>
public readonly record struct OwnAddress(IPAddress Address, int PrefixLength);
