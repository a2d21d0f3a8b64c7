using Beacon.Registry.Health;

namespace Beacon.Registry.Services;

/// <summary>What an HTTP health check sends and what it takes for healthy. Equal only to one with the same entries.</summary>
public sealed record HealthCheckRequest
{
    public static HealthCheckRequest Default { get; } = new();

    public CheckMethod Method { get; init; } = CheckMethod.Get;

    /// <summary>Sent along. May hold tokens: values are stored, and never shown again.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>In the form of <see cref="StatusRanges"/>.</summary>
    public string ExpectedStatus { get; init; } = StatusRanges.Default;

    /// <summary>Must occur in the body, exactly; null: any body will do.</summary>
    public string? ExpectedText { get; init; }

    /// <summary>Values that the JSON of the body must have, by path (<c>checks[0].state</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExpectedJson { get; init; } = [];

    /// <summary>Accept any certificate: for devices that sign their own.</summary>
    public bool Insecure { get; init; }

    public bool Equals(HealthCheckRequest? other) =>
        other is not null
        && Method == other.Method
        && Insecure == other.Insecure
        && ExpectedStatus == other.ExpectedStatus
        && ExpectedText == other.ExpectedText
        && HaveSameEntries(Headers, other.Headers)
        && HaveSameEntries(ExpectedJson, other.ExpectedJson);

    public override int GetHashCode() => HashCode.Combine(Method, Insecure, ExpectedStatus, ExpectedText, Headers.Count, ExpectedJson.Count);

    private static bool HaveSameEntries(IReadOnlyList<KeyValuePair<string, string>> left, IReadOnlyList<KeyValuePair<string, string>> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (left[i].Key != right[i].Key || left[i].Value != right[i].Value)
            {
                return false;
            }
        }

        return true;
    }
}
