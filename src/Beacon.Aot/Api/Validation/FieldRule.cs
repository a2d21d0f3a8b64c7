namespace Beacon.Aot.Api.Validation;

/// <summary>What one member of a request may hold. The same table checks requests and is printed in the OpenAPI document.</summary>
/// <param name="Min">Of a text: characters; of an integer: its value.</param>
/// <param name="Max">Likewise.</param>
internal sealed record FieldRule(string Name, FieldKind Kind, int Min = 0, int Max = int.MaxValue)
{
    public TextForm Form { get; init; }

    /// <summary>Of a text: the only ones there are; empty: any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Of a map: what its values must look like.</summary>
    public TextForm ValueForm { get; init; }

    /// <summary>A null means what leaving the member out of a first registration means.</summary>
    public bool AllowsNull { get; init; }

    /// <summary>Of a list or map: entries.</summary>
    public int MaxItems { get; init; }

    /// <summary>Of a list: its entries.</summary>
    public FieldRule? Item { get; init; }

    /// <summary>Of a map: its keys.</summary>
    public FieldRule? Key { get; init; }

    /// <summary>Of a map: longest value, in bytes of UTF-8.</summary>
    public int MaxValueBytes { get; init; }

    /// <summary>Of a map: longest key, equals sign and value together, in bytes of UTF-8; 0: not limited.</summary>
    public int MaxEntryBytes { get; init; }
}
