using Beacon.Aot.Api.Validation;
using Beacon.Registry.Services;

namespace Beacon.Aot.Api.Services;

/// <summary>The table of everything a list can be asked for.</summary>
internal static class QueryRules
{
    /// <summary>Query parameters that begin so ask for one metadata entry: <c>metadata.room=kitchen</c>.</summary>
    public const string MetadataPrefix = "metadata.";

    public const int DefaultLimit = 50;
    public const int MaxLimit = 100;

    /// <summary>Longer than any text a service can have, so that a longer one is a mistake rather than a search.</summary>
    public const int MaxText = 1024;

    public const string Inactive = "inactive";

    public static readonly FieldRule Type = new("type", FieldKind.Text, 0, MaxText);
    public static readonly FieldRule Protocol = new("protocol", FieldKind.Text, 0, MaxText);
    public static readonly FieldRule Name = new("name", FieldKind.Text, 0, MaxText);
    public static readonly FieldRule Host = new("host", FieldKind.Text, 0, MaxText);
    public static readonly FieldRule Text = new("q", FieldKind.Text, 0, MaxText);
    public static readonly FieldRule Status = new("status", FieldKind.Text, 0, MaxText);

    public static readonly FieldRule Tags = new("tags", FieldKind.List)
    {
        MaxItems = ServiceLimits.MaxTags,
        Item = new("tag", FieldKind.Text, 0, MaxText),
    };

    public static readonly FieldRule Metadata = new("metadata", FieldKind.Map)
    {
        MaxItems = ServiceLimits.MaxMetadata,
        Key = new("key", FieldKind.Text, 0, MaxText),
        MaxValueBytes = ServiceLimits.MaxMetadataValue,
    };

    public static readonly FieldRule Limit = new("limit", FieldKind.Integer, 1, MaxLimit);
    public static readonly FieldRule Skip = new("skip", FieldKind.Integer);

    /// <summary>A heartbeat's own lease length.</summary>
    public static readonly FieldRule Ttl = ServiceRules.Ttl;

    public static readonly IReadOnlyList<string> Statuses = ["active", Inactive, "unhealthy", "expired"];
}
