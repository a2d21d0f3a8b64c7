namespace Beacon.Mdns.Tests.Simulation;

/// <summary>What a segment does to a packet on its way to one listener. Listeners are diced for one by one, as on Wi-Fi.</summary>
/// <param name="Loss">Share of packets that never arrive.</param>
/// <param name="Duplication">Share that arrives twice.</param>
/// <param name="DelayMost">Ticks; each packet takes a random part of it, so packets overtake each other.</param>
/// <param name="Late">Share that takes up to <see cref="LateMost"/> longer.</param>
internal readonly record struct LinkConditions(double Loss, double Duplication, long DelayMost, double Late)
{
    /// <summary>Longest any packet is under way: an access point keeps group traffic for sleeping stations, a full queue holds the rest.</summary>
    public const long LateMost = 2 * SimTime.Second;

    public static LinkConditions Perfect => new(0, 0, SimTime.Millisecond, 0);
}
