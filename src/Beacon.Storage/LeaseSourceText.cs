using Beacon.Registry.Services;

namespace Beacon.Storage;

/// <summary>Lease sources in stores and in the API.</summary>
public static class LeaseSourceText
{
    private const string Heartbeat = "heartbeat";
    private const string Health = "health";
    private const string Both = "both";

    /// <summary>Every one there is, as a client may write it.</summary>
    public static IReadOnlyList<string> All { get; } = [Heartbeat, Health, Both];

    public static string From(LeaseSource source) => source switch
    {
        LeaseSource.Heartbeat => Heartbeat,
        LeaseSource.Health => Health,
        _ => Both,
    };

    /// <summary>Null for anything that is none, and for null.</summary>
    public static LeaseSource? Read(string? text) => text switch
    {
        Heartbeat => LeaseSource.Heartbeat,
        Health => LeaseSource.Health,
        Both => LeaseSource.Both,
        _ => null,
    };
}
