using System.Text.Json;

namespace Beacon.Aot.Api.Validation;

/// <summary>Booleans and the words and digits that scripts write for them.</summary>
internal static class BooleanReader
{
    private static readonly string[] Yes = ["true", "1", "yes", "on", "y", "t"];
    private static readonly string[] No = ["false", "0", "no", "off", "n", "f"];

    public static bool? Read(in JsonElement value, in Location at, Problems problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.String or JsonValueKind.Number:
                var word = value.ToString();
                if (Yes.Contains(word, StringComparer.OrdinalIgnoreCase))
                {
                    return true;
                }

                if (No.Contains(word, StringComparer.OrdinalIgnoreCase))
                {
                    return false;
                }

                problems.Add(at, "bool_parsing", "Input should be a valid boolean, unable to interpret input", value.GetRawText());
                return null;
            default:
                problems.Add(at, "bool_type", "Input should be a valid boolean", value.GetRawText());
                return null;
        }
    }
}
