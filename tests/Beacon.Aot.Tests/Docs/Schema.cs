using System.Text.Json.Nodes;
using Beacon.Aot.Api.Validation;

namespace Beacon.Aot.Tests.Docs;

/// <summary>JSON Schema (2020-12, as OpenAPI 3.1 uses it) from the rules that check requests, and the few shapes answers are made of.</summary>
internal static class Schema
{
    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    public static JsonObject Text(string? description = null) => Described(new() { ["type"] = "string" }, description);

    public static JsonObject Constant(string value) => new() { ["type"] = "string", ["const"] = value };

    public static JsonObject Integer(string? description = null) => Described(new() { ["type"] = "integer" }, description);

    public static JsonObject Number(string? description = null) => Described(new() { ["type"] = "number" }, description);

    public static JsonObject Boolean(string? description = null) => Described(new() { ["type"] = "boolean" }, description);

    public static JsonObject Instant(string description) =>
        new() { ["type"] = "string", ["format"] = "date-time", ["description"] = description };

    public static JsonObject Uuid(string description) => new() { ["type"] = "string", ["format"] = "uuid", ["description"] = description };

    public static JsonObject Nullable(JsonObject schema)
    {
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return schema;
    }

    public static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    public static JsonObject TextMap() => new() { ["type"] = "object", ["additionalProperties"] = Text() };

    public static JsonObject Enumeration(IEnumerable<string> values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    /// <summary>Every member is always there.</summary>
    public static JsonObject Complete(params ReadOnlySpan<(string Name, JsonObject Schema)> members)
    {
        var schema = Object(members);
        var required = new JsonArray();
        foreach (var (name, _) in members)
        {
            required.Add(name);
        }

        schema["required"] = required;
        return schema;
    }

    public static JsonObject Object(params ReadOnlySpan<(string Name, JsonObject Schema)> members)
    {
        var properties = new JsonObject();
        foreach (var (name, schema) in members)
        {
            properties[name] = schema;
        }

        return new() { ["type"] = "object", ["properties"] = properties };
    }

    public static JsonObject Of(FieldRule rule) => rule.Kind switch
    {
        FieldKind.Integer => OfInteger(rule),
        FieldKind.Boolean => Boolean(),
        FieldKind.List => new() { ["type"] = "array", ["maxItems"] = rule.MaxItems, ["items"] = Of(rule.Item!) },
        FieldKind.Map => OfMap(rule),
        _ => OfText(rule),
    };

    private static JsonObject OfInteger(FieldRule rule)
    {
        var schema = Integer();
        schema["minimum"] = rule.Min;
        if (rule.Max != int.MaxValue)
        {
            schema["maximum"] = rule.Max;
        }

        return rule.AllowsNull ? Nullable(schema) : schema;
    }

    private static JsonObject OfText(FieldRule rule)
    {
        if (rule.Choices.Count > 0)
        {
            return Enumeration(rule.Choices);
        }

        var schema = Text();
        if (rule.Min > 0)
        {
            schema["minLength"] = rule.Min;
        }

        if (rule.Max != int.MaxValue)
        {
            schema["maxLength"] = rule.Max;
        }

        if (PatternOf(rule.Form) is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return rule.AllowsNull ? Nullable(schema) : schema;
    }

    private static JsonObject OfMap(FieldRule rule) => new()
    {
        ["type"] = "object",
        ["maxProperties"] = rule.MaxItems,
        ["propertyNames"] = Of(rule.Key!),
        ["additionalProperties"] = new JsonObject
        {
            ["type"] = new JsonArray("string", "number", "boolean", "null"),
            ["maxLength"] = rule.MaxValueBytes,
            ["description"] = rule.MaxEntryBytes == 0
                ? $"At most {rule.MaxValueBytes} bytes of UTF-8; what is not a text is kept as the text it was written with, null as the empty text."
                : $"Key, equals sign and value together at most {rule.MaxEntryBytes} bytes of UTF-8; what is not a text is kept as the text it was written with.",
        },
    };

    private static string? PatternOf(TextForm form) => form switch
    {
        TextForm.Line => "^[^\\u0000-\\u001f\\u007f-\\u009f]*$",
        TextForm.ProbeUrl => "^($|https?://|tcp://)",
        TextForm.ServiceType => "^_[A-Za-z0-9-]{1,15}\\._(tcp|udp)(,[^,.]+){0,8}$",
        TextForm.StatusRanges => "^\\s*[1-5][0-9]{2}\\s*(-\\s*[1-5][0-9]{2}\\s*)?(,\\s*[1-5][0-9]{2}\\s*(-\\s*[1-5][0-9]{2}\\s*)?)*$",
        TextForm.HeaderName => "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
        TextForm.TxtKey => "^[ -<>-~]*$",
        _ => null,
    };

    private static JsonObject Described(JsonObject schema, string? description)
    {
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }
}
