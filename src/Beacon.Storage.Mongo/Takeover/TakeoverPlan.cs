namespace Beacon.Storage.Mongo.Takeover;

/// <summary>What taking over a database would do.</summary>
/// <param name="Documents">In the collection of services.</param>
/// <param name="Current">Of them in today's form already.</param>
/// <param name="Convert">Documents of an earlier version, to be brought into today's form where they are.</param>
/// <param name="TextDates">Of those: with dates as texts.</param>
/// <param name="ObjectIds">Of those: with an ObjectId as key.</param>
/// <param name="Live">Of those: with a lease that still runs.</param>
/// <param name="SetAside">Documents to be moved away, each with the reason.</param>
public sealed record TakeoverPlan(
    int Documents,
    int Current,
    int Convert,
    int TextDates,
    int ObjectIds,
    int Live,
    IReadOnlyList<KeyValuePair<string, string>> SetAside)
{
    /// <summary>To be made or remade, as collection.index.</summary>
    public IReadOnlyList<string> MissingIndexes { get; init; } = [];

    /// <summary>Nothing is to be done.</summary>
    public bool IsEmpty => Convert == 0 && SetAside.Count == 0 && MissingIndexes.Count == 0;
}
