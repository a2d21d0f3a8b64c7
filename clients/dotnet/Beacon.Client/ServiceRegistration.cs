namespace Beacon.Client;

/// <summary>What a service is registered with. What is null is left to Beacon.</summary>
/// <param name="Name">1 to 100 characters; what people see.</param>
public sealed record ServiceRegistration(string Name, int Port)
{
    /// <summary>Where others reach the service. Null: this machine's address towards Beacon, and the registration follows it.</summary>
    public string? Host { get; init; }

    /// <summary>What the service speaks: <c>http</c>, <c>mqtt</c>, <c>ipp</c>. Default: <c>http</c>.</summary>
    public string? Type { get; init; }

    public string? Protocol { get; init; }

    /// <summary>Length of the lease in seconds, 10 to 86400: how long Beacon may take to notice that the service died. Default: 300.</summary>
    public int? Ttl { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary><c>http</c>, <c>https</c> or <c>tcp</c>; Beacon checks it and says so to those who ask.</summary>
    public string? HealthCheckUrl { get; init; }

    /// <summary>Seconds, 30 to 3600.</summary>
    public int? HealthCheckInterval { get; init; }

    /// <summary>The name of the service type on the network where it does not follow from <see cref="Type"/>: <c>_ipp._tcp,_printer</c>.</summary>
    public string? MdnsServiceType { get; init; }

    public IReadOnlyDictionary<string, string>? MdnsTxtRecords { get; init; }
}
