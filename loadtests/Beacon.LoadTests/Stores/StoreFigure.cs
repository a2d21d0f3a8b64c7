namespace Beacon.LoadTests.Stores;

/// <summary>What is measured of each store.</summary>
internal static class StoreFigure
{
    public const string Registrations = "registrations a second, closed loop";
    public const string Batch = "services in a batch meanwhile, mean";
    public const string Median = "one registration at the fixed rate, p50 ms";
    public const string P99 = "one registration at the fixed rate, p99 ms";
    public const string Heartbeats = "heartbeats a second, closed loop";
    public const string HeartbeatBatch = "leases in a batch meanwhile, mean";

    public static IReadOnlyList<string> All { get; } = [Registrations, Batch, Median, P99, Heartbeats, HeartbeatBatch];
}
