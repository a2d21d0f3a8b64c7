using System.Globalization;
using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>Integers, as leniently as clients are used to: <c>8080</c>, <c>"8080"</c> and <c>80.0</c> are all whole numbers.</summary>
internal static class IntegerReader
{
    public static int? Read(in JsonElement value, FieldRule rule, in Location at, Problems problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.GetDouble() is var number && IsWhole(number):
                return Bounded(number, value.GetRawText(), rule, at, problems);
            case JsonValueKind.Number:
                problems.Add(
                    at, "int_from_float", "Input should be a valid integer, got a number with a fractional part", value.GetRawText());
                return null;
            case JsonValueKind.String:
                return ReadText(value.GetString()!, rule, at, problems);
            default:
                problems.Add(at, "int_type", "Input should be a valid integer", value.GetRawText());
                return null;
        }
    }

    public static int? ReadText(string text, FieldRule rule, in Location at, Problems problems)
    {
        const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (double.TryParse(text.AsSpan().Trim(), Decimal, CultureInfo.InvariantCulture, out var number) && IsWhole(number))
        {
            return Bounded(number, Problems.Quote(text), rule, at, problems);
        }

        problems.Add(
            at, "int_parsing", "Input should be a valid integer, unable to parse string as an integer", Problems.Quote(text));
        return null;
    }

    /// <summary>A double holds every integer near any bound exactly; what is too large for one becomes infinity, which is out of bounds too.</summary>
    private static bool IsWhole(double number) => double.IsInfinity(number) || number == Math.Truncate(number);

    private static int? Bounded(double number, string input, FieldRule rule, in Location at, Problems problems)
    {
        if (number < rule.Min)
        {
            problems.Add(
                at, "greater_than_equal", $"Input should be greater than or equal to {rule.Min}", input, $"{{\"ge\":{rule.Min}}}");
            return null;
        }

        if (number > rule.Max)
        {
            problems.Add(at, "less_than_equal", $"Input should be less than or equal to {rule.Max}", input, $"{{\"le\":{rule.Max}}}");
            return null;
        }

        return (int)number;
    }
}
