namespace Beacon.Aot.Tests.Docs;

/// <summary>Every <c>type</c> a problem can have; a test collects them from real answers and compares.</summary>
internal static class ProblemTypes
{
    public static readonly IReadOnlyList<string> All =
    [
        "missing", "json_invalid", "model_attributes_type", "string_type", "string_too_short", "string_too_long", "bytes_too_long",
        "int_type", "int_parsing", "int_from_float", "greater_than_equal", "less_than_equal", "bool_type", "bool_parsing", "list_type",
        "dict_type", "too_long", "enum", "value_error",
    ];
}
