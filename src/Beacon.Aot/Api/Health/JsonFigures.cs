using System.Text.Json;
using Beacon.Aot.Api.Services;

namespace Beacon.Aot.Api.Health;

/// <summary>Values that may be missing, as JSON.</summary>
internal static class JsonFigures
{
    /// <summary>Of milliseconds: what is kept is no finer.</summary>
    private const int TimeDigits = 1;

    /// <summary>One check in a year of checks every minute is 0.000002.</summary>
    private const int RatioDigits = 6;

    public static void Instant(Utf8JsonWriter json, JsonEncodedText name, DateTimeOffset? at)
    {
        if (at is { } known)
        {
            UtcText.WriteString(json, name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Milliseconds(Utf8JsonWriter json, JsonEncodedText name, double? value) => Number(json, name, value, TimeDigits);

    public static void Ratio(Utf8JsonWriter json, JsonEncodedText name, double? value) => Number(json, name, value, RatioDigits);

    public static void Integer(Utf8JsonWriter json, JsonEncodedText name, int? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Number(Utf8JsonWriter json, JsonEncodedText name, double? value, int digits)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, Math.Round(known, digits));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
