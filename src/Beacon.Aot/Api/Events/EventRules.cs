using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;

namespace Beacon.Aot.Api.Events;

/// <summary>The table of everything the event log can be asked for.</summary>
internal static class EventRules
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    /// <summary>May be given more than once, and as a list with commas.</summary>
    public const string Kind = "kind";

    public const string Service = "service_id";
    public const string Since = "since";
    public const string Until = "until";

    public static readonly FieldRule Limit = new("limit", FieldKind.Integer, 1, MaxLimit);

    /// <summary>An id: read as a larger number than the table's own.</summary>
    public static readonly FieldRule Before = new("before", FieldKind.Integer, 1);

    public static readonly FieldRule Text = new("q", FieldKind.Text, 0, QueryRules.MaxText);
}
