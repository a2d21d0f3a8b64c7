using Beacon.Mdns.Responding;

namespace Beacon.Mdns.Records;

/// <summary>One name's claim on one link.</summary>
internal struct Claim
{
    public ClaimState State;

    /// <summary>The group it is probed with; another group's timers do not concern it.</summary>
    public ProbeGroup? Group;
}
