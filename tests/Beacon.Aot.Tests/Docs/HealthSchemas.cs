using System.Text.Json.Nodes;
using Beacon.Features.Health.History;
using Beacon.Storage;

namespace Beacon.Aot.Tests.Docs;

/// <summary>Bodies about health and traffic over time.</summary>
internal static class HealthSchemas
{
    public static JsonObject OfService() => Schema.Complete(
        ("service_id", Schema.Uuid("The service.")),
        ("name", Schema.Text()),
        ("status", Schema.Enumeration(["healthy", "unhealthy", "unknown"])),
        ("flapping", Schema.Boolean("It changed more than six times in ten minutes; status stays what it was.")),
        ("consecutive_failures", Schema.Integer()),
        ("last_health_check", Schema.Nullable(Schema.Instant("Null before the first check of this run."))),
        ("response_time_ms", Schema.Nullable(Schema.Number("Of the last check."))),
        ("status_code", Schema.Nullable(Schema.Integer("Of the last check."))),
        ("error", Schema.Nullable(Schema.Text("Of the last check."))),
        ("certificate_expires_at", Schema.Nullable(Schema.Instant("Of the last check."))),
        ("lease_source", Schema.Enumeration(LeaseSourceText.All)),
        ("maintenance", Schema.Nullable(Schema.Complete(
            ("since", Schema.Instant("Begin.")), ("until", Schema.Instant("End.")), ("reason", Schema.Text())))),
        ("window", Schema.Enumeration(HistoryWindows.All.Select(HistoryWindows.Name))),
        ("step_seconds", Schema.Integer("Distance of two points of the series.")),
        ("uptime", Schema.Complete([.. HistoryWindows.All.Select(x => (HistoryWindows.Name(x), Schema.Nullable(Schema.Number("Share of checks that passed, planned interruptions left out."))))])),
        ("response_time", Schema.Complete([.. Times()])),
        ("series", Bounded(Schema.List(Schema.Complete([
            ("time", Schema.Instant("When the stretch begins.")),
            ("count", Schema.Integer("Checks, but those in planned interruptions.")),
            ("planned", Schema.Integer("Checks in planned interruptions.")),
            ("up_ratio", Schema.Nullable(Schema.Number())),
            .. Times()])), HistoryLimits.MaxPoints)),
        ("incidents", Bounded(Schema.List(Schema.Ref("Incident")), HistoryLimits.MaxIncidents)),
        ("results", Bounded(
            Schema.List(Schema.Complete(
                ("timestamp", Schema.Instant("When the check ended.")),
                ("status", Schema.Enumeration(CheckOutcomeText.All)),
                ("response_time_ms", Schema.Nullable(Schema.Number())),
                ("status_code", Schema.Nullable(Schema.Integer())),
                ("error_message", Schema.Nullable(Schema.Text())),
                ("planned", Schema.Boolean()))),
            HistoryLimits.LastResults)));

    public static JsonObject Incident() => Schema.Complete(
        ("id", Schema.Integer()),
        ("service_id", Schema.Uuid("It may be gone.")),
        ("service_name", Schema.Text("When it began.")),
        ("started_at", Schema.Instant("Of the check that made the service unhealthy.")),
        ("ended_at", Schema.Nullable(Schema.Instant("Null while it goes on."))),
        ("duration_seconds", Schema.Number("So far.")),
        ("cause", Schema.Text("What the check said that made it so.")),
        ("planned", Schema.Boolean("In a planned interruption.")));

    public static JsonObject Incidents() => Schema.Complete(
        ("incidents", Schema.List(Schema.Ref("Incident"))),
        ("total", Schema.Integer("How many match in all.")),
        ("page", Schema.Integer("skip / limit + 1.")),
        ("page_size", Schema.Integer("The limit.")));

    public static JsonObject Summary() => Schema.Complete(
        ("services", Schema.Complete(
            ("total", Schema.Integer("Those whose lease ran out are not counted.")),
            ("healthy", Schema.Integer()),
            ("unhealthy", Schema.Integer()),
            ("unknown", Schema.Integer("To be checked, and nothing is known yet.")),
            ("unchecked", Schema.Integer("Without a check in force.")))),
        ("flapping", Schema.Integer()),
        ("in_maintenance", Schema.Integer()),
        ("open_incidents", Schema.Integer()),
        ("uptime_24h", Schema.Nullable(Schema.Number("Of all checks of all services."))),
        ("slowest", Schema.List(Schema.Complete(
            ("service_id", Schema.Uuid("The service.")), ("name", Schema.Text()), ("mean_ms", Schema.Number("Of late."))))),
        ("certificates", Schema.List(Schema.Complete(
            ("service_id", Schema.Uuid("The service.")), ("name", Schema.Text()), ("expires_at", Schema.Instant("Within 30 days, or past."))))));

    public static JsonObject Traffic() => Schema.Complete(
        ("window", Schema.Enumeration(Beacon.Aot.Api.Statistics.StatisticsEndpoint.Windows.Select(HistoryWindows.Name))),
        ("step_seconds", Schema.Integer("Distance of two points of the series.")),
        ("total", Schema.Complete([.. Figures()])),
        ("series", Bounded(Schema.List(Schema.Complete([("time", Schema.Instant("When the stretch begins.")), .. Figures()])), HistoryLimits.MaxPoints)));

    private static List<(string, JsonObject)> Times() =>
    [
        ("min_ms", Schema.Nullable(Schema.Number())),
        ("mean_ms", Schema.Nullable(Schema.Number())),
        ("p50_ms", Schema.Nullable(Schema.Number())),
        ("p95_ms", Schema.Nullable(Schema.Number())),
        ("max_ms", Schema.Nullable(Schema.Number())),
    ];

    private static List<(string, JsonObject)> Figures() =>
    [
        ("registrations", Schema.Integer()),
        ("heartbeats", Schema.Integer()),
        ("expirations", Schema.Integer()),
        ("deregistrations", Schema.Integer()),
        ("health_changes", Schema.Integer()),
        ("lookups", Schema.Complete(
            ("total", Schema.Integer("Requests for discover.")),
            ("any_type", Schema.Integer("Without a type.")),
            ("other_types", Schema.Integer("Of types beyond the 32 that are told apart.")),
            ("by_type", new JsonObject { ["type"] = "object", ["additionalProperties"] = Schema.Integer() }))),
    ];

    private static JsonObject Bounded(JsonObject list, int most)
    {
        list["maxItems"] = most;
        return list;
    }
}
