using System.Text.Json.Nodes;
using Beacon.Aot.Api.Events;
using Beacon.Aot.Api.Health;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Features.Health.History;
using Beacon.Storage.Events;

namespace Beacon.Aot.Tests.Docs;

internal static class Parameters
{
    public static JsonObject Id => new()
    {
        ["name"] = "service_id",
        ["in"] = "path",
        ["required"] = true,
        ["description"] = "What is no UUID is an unknown service: 404.",
        ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uuid" },
    };

    public static JsonObject IfNoneMatch => new()
    {
        ["name"] = "If-None-Match",
        ["in"] = "header",
        ["description"] = "The ETag of an earlier answer; 304 when nothing has changed since.",
        ["schema"] = Schema.Text(),
    };

    public static JsonObject Ttl => Query(
        QueryRules.Ttl.Name, Schema.Of(QueryRules.Ttl), "Seconds, for this renewal only; default: the ttl of the registration.");

    public static IReadOnlyList<JsonObject> Page =>
    [
        WithDefault(Query("limit", Schema.Of(QueryRules.Limit), "Services per page."), QueryRules.DefaultLimit),
        WithDefault(Query("skip", Schema.Of(QueryRules.Skip), "Services to leave out at the beginning."), 0),
    ];

    public static IReadOnlyList<JsonObject> Filters =>
    [
        Filter(QueryRules.Type, "Exactly this type."),
        Query("tags", Schema.List(Schema.Text()), "Has one of these tags; repeat the parameter for more."),
        Filter(QueryRules.Protocol, "Exactly this protocol."),
        Query("status", Schema.Ref("Status"), "Default: every service but the expired ones."),
        Filter(QueryRules.Name, "Exactly this name."),
        Filter(QueryRules.Host, "Exactly this host."),
        Filter(QueryRules.Text, "Part of name, host, type, a tag or a metadata value, in any case."),
        MetadataEntries(),
        .. Page,
    ];

    public static IReadOnlyList<JsonObject> Incidents =>
    [
        Query(HealthQueryReader.Open, Schema.Enumeration(["true", "false"]), "Going on, or over."),
        Query(HealthQueryReader.Service, Schema.Uuid("Of this service."), "Of this service."),
        Query(HealthQueryReader.Since, Schema.Instant("UTC unless it says otherwise."), "Those that went on then or began later."),
        WithDefault(Query("limit", Schema.Of(QueryRules.Limit), "Incidents per page."), QueryRules.DefaultLimit),
        WithDefault(Query("skip", Schema.Of(QueryRules.Skip), "Incidents to leave out at the beginning."), 0),
    ];

    public static IReadOnlyList<JsonObject> Events =>
    [
        WithDefault(Query("limit", Schema.Of(EventRules.Limit), "Entries per page."), EventRules.DefaultLimit),
        Query("before", LongId(), "Only entries with smaller ids: next of the page before."),
        Query(EventRules.Service, Schema.Uuid("Of this service."), "Of this service, whether it is still there or not."),
        Query(EventRules.Kind, Schema.List(Schema.Enumeration(EventKindText.All)), "Of one of these kinds; repeat the parameter, or put commas between."),
        Query("q", Schema.Of(EventRules.Text), "Part of the service's name or of the detail, in any case."),
        Query(EventRules.Since, Schema.Instant("UTC unless it says otherwise."), "At that instant or later."),
        Query(EventRules.Until, Schema.Instant("UTC unless it says otherwise."), "Before that instant."),
    ];

    public static IReadOnlyList<JsonObject> Names =>
    [
        Query("q", Schema.Of(QueryRules.Text), "Part of the name, in any case."),
        Query("state", Schema.Enumeration(["waiting", "probing", "announced"]), "On one interface at least."),
        WithDefault(Query("limit", Schema.Of(QueryRules.Limit), "Names per page."), QueryRules.DefaultLimit),
        WithDefault(Query("skip", Schema.Of(QueryRules.Skip), "Names to leave out at the beginning."), 0),
    ];

    public static JsonObject Window(IEnumerable<HistoryWindow> allowed)
    {
        var parameter = Query(HealthQueryReader.Window, Schema.Enumeration(allowed.Select(HistoryWindows.Name)), "Up to now, from how long ago.");
        parameter["schema"]!["default"] = HistoryWindows.Name(HistoryWindow.Day);
        return parameter;
    }

    private static JsonObject LongId()
    {
        var schema = Schema.Integer();
        schema["minimum"] = EventRules.Before.Min;
        return schema;
    }

    private static JsonObject Filter(FieldRule rule, string description) => Query(rule.Name, Schema.Of(rule), description);

    private static JsonObject MetadataEntries()
    {
        var parameter = Query(
            "metadata", Schema.TextMap(), "One parameter per entry, metadata.KEY=VALUE: has this metadata entry with exactly this value.");
        parameter["style"] = "form";
        parameter["explode"] = true;
        parameter["example"] = new JsonObject { ["metadata.room"] = "kitchen" };
        return parameter;
    }

    private static JsonObject Query(string name, JsonObject schema, string description) =>
        new() { ["name"] = name, ["in"] = "query", ["description"] = description, ["schema"] = schema };

    private static JsonObject WithDefault(JsonObject parameter, int value)
    {
        parameter["schema"]!["default"] = value;
        return parameter;
    }
}
