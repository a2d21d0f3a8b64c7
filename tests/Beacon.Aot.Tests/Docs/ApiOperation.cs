using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Docs;

/// <summary>One documented operation.</summary>
/// <param name="Path">Below the prefix unless told otherwise.</param>
/// <param name="Answers">Status, schema name (null: no JSON), description.</param>
internal sealed record ApiOperation(
    string Method, string Path, string Group, string Summary, IReadOnlyList<(int Status, string? Schema, string Description)> Answers)
{
    public bool BelowPrefix { get; init; } = true;

    public string Description { get; init; } = "";

    public string? BodySchema { get; init; }

    public bool BodyIsRequired { get; init; } = true;

    public JsonNode? BodyExample { get; init; }

    public IReadOnlyList<JsonObject> Parameters { get; init; } = [];

    /// <summary>Answers 200 with an entity tag and honours <c>If-None-Match</c>.</summary>
    public bool IsTagged { get; init; }

    /// <summary>The 200 comes in this form too, of this schema, when Accept asks for it.</summary>
    public (string MediaType, string Schema)? AlsoAs { get; init; }

    /// <summary>A media type other than JSON, for pages and streams.</summary>
    public string MediaType { get; init; } = "application/json";
}
