namespace Beacon.Features.Status;

/// <summary>What the status page shows to people who do not run the services.</summary>
public sealed record StatusOptions
{
    /// <summary>In the place of a tag: every service.</summary>
    public const string Every = "*";

    public const string DefaultTitle = "Status";

    /// <summary>Services with one of these are shown, in this order. At most <see cref="StatusLimits.MaxTags"/>; empty: there is no page.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>At most <see cref="StatusLimits.MaxTitle"/> characters.</summary>
    public string Title { get; init; } = DefaultTitle;

    public bool IsOn => Tags.Count > 0;
}
