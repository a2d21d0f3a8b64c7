using Beacon.Registry.Services;

namespace Beacon.Registry.Queries;

/// <summary>What a list asks for; every member that is set must hold. All comparisons are exact but <see cref="Text"/>.</summary>
public sealed record ServiceFilter
{
    public string? Type { get; init; }

    /// <summary>At least one of these (OR). Empty: no restriction.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Protocol { get; init; }

    /// <summary>Null: everything but expired services.</summary>
    public ServiceStatus? Status { get; init; }

    public string? Name { get; init; }

    public string? Host { get; init; }

    /// <summary>Part of name, host, type, a tag or a metadata value, ignoring case (ordinal).</summary>
    public string? Text { get; init; }

    /// <summary>All of these keys with exactly these values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];
}
