namespace Beacon.Client;

/// <summary>A service as Beacon knows it.</summary>
public sealed record BeaconService
{
    /// <summary>Stays the same as long as name, host and port do.</summary>
    public required string ServiceId { get; init; }

    public string Name { get; init; } = "";

    public string Type { get; init; } = "";

    public string Host { get; init; } = "";

    public int Port { get; init; }

    public string Protocol { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary><c>active</c>, <c>unhealthy</c> or <c>expired</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Seconds.</summary>
    public int Ttl { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? HealthCheckUrl { get; init; }
}
