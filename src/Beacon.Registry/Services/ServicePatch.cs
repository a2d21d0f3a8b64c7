namespace Beacon.Registry.Services;

/// <summary>A validated change of some fields of a known service; null means "leave as it is". Lists are replaced whole. The lease is not touched.</summary>
public sealed record ServicePatch
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Protocol { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? Metadata { get; init; }

    public HealthCheckPatch HealthCheck { get; init; }

    public LeaseSource? LeaseSource { get; init; }

    public string? MdnsServiceType { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? MdnsTxtRecords { get; init; }
}
