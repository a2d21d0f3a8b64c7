using System.Text;

namespace Beacon.Client;

/// <summary>Which services are wanted. All conditions must hold; null is no condition.</summary>
public sealed record ServiceFilter
{
    public string? Type { get; init; }

    /// <summary>A service needs one of them.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public string? Protocol { get; init; }

    public string? Name { get; init; }

    public string? Host { get; init; }

    /// <summary><c>active</c>, <c>unhealthy</c> or <c>expired</c>. Null: everything but expired.</summary>
    public string? Status { get; init; }

    /// <summary>A service needs all of these entries.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>A part of name, host, type, a tag or a metadata value, in any case.</summary>
    public string? Text { get; init; }

    internal string ToQuery(int limit, int skip)
    {
        var query = new StringBuilder().Append(null, $"limit={limit}&skip={skip}");
        Append(query, "type", Type);
        Append(query, "protocol", Protocol);
        Append(query, "name", Name);
        Append(query, "host", Host);
        Append(query, "status", Status);
        Append(query, "q", Text);
        foreach (var tag in Tags ?? [])
        {
            Append(query, "tags", tag);
        }

        foreach (var (key, value) in Metadata ?? new Dictionary<string, string>())
        {
            Append(query, "metadata." + key, value);
        }

        return query.ToString();
    }

    private static void Append(StringBuilder query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Append('&').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
