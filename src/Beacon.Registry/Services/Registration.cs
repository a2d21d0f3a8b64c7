using System.Net;

namespace Beacon.Registry.Services;

/// <summary>
/// A validated wish to register. Null means "not said": for a service that exists already the old value stays (fields are merged),
/// for a new one the default applies.
/// </summary>
public sealed record Registration
{
    public required string Name { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    public string? Type { get; init; }

    public string? Protocol { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Metadata { get; init; }

    /// <summary>Seconds; null: the registry's default for a new service, the old value for a known one.</summary>
    public int? TtlSeconds { get; init; }

    public HealthCheckPatch HealthCheck { get; init; }

    public LeaseSource? LeaseSource { get; init; }

    /// <summary>Null: derived from the type.</summary>
    public string? MdnsServiceType { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? MdnsTxtRecords { get; init; }

    /// <summary>Where the request came from.</summary>
    public IPAddress? SourceAddress { get; init; }
}
