using System.Diagnostics.CodeAnalysis;

namespace Beacon.Registry.Services;

/// <summary>
/// Identity of one registered service: a random UUID given at the first registration and kept for as long as the service exists.
/// Written in lower-case hexadecimal with dashes, as clients of the earlier implementation store it.
/// </summary>
public readonly record struct ServiceId(Guid Value) : IComparable<ServiceId>
{
    /// <summary>Characters of the written form.</summary>
    public const int Length = 36;

    public static ServiceId New() => new(Guid.NewGuid());

    /// <summary>Accepts the dashed form only, in either case; anything else is an unknown id, not an error.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ServiceId id) => TryParse(text.AsSpan(), out id);

    /// <inheritdoc cref="TryParse(string?, out ServiceId)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out ServiceId id)
    {
        var known = Guid.TryParseExact(text, "D", out var value);
        id = new ServiceId(value);
        return known;
    }

    public int CompareTo(ServiceId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("D");

    public static bool operator <(ServiceId left, ServiceId right) => left.CompareTo(right) < 0;

    public static bool operator >(ServiceId left, ServiceId right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServiceId left, ServiceId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServiceId left, ServiceId right) => left.CompareTo(right) >= 0;
}
