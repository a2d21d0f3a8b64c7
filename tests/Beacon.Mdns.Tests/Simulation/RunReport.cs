namespace Beacon.Mdns.Tests.Simulation;

/// <summary>What one run came to.</summary>
/// <param name="Chaos">Ticks until the last fault.</param>
/// <param name="Packets">Sent by everybody until then.</param>
/// <param name="Peak">Most packets one link saw of one Beacon within a second.</param>
internal readonly record struct RunReport(long Chaos, int Packets, int Peak);
