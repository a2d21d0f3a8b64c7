using System.Text.Json.Nodes;

namespace Beacon.Aot.Tests.Docs;

/// <summary>Bodies about Beacon itself, and errors.</summary>
internal static class SystemSchemas
{
    public static JsonObject Detail() => Schema.Complete(("detail", Schema.Text("A sentence.")));

    public static JsonObject ValidationError()
    {
        var location = Schema.List(new() { ["type"] = new JsonArray("string", "integer") });
        location["description"] = "body or query, then the member, then the entry; the character offset for json_invalid.";
        var problem = Schema.Object(
            ("type", Schema.Enumeration(ProblemTypes.All)),
            ("loc", location),
            ("msg", Schema.Text()),
            ("input", new() { ["description"] = "The offending value; the whole body when a member is missing." }),
            ("ctx", new() { ["type"] = "object", ["description"] = "The bound that was broken." }));
        problem["required"] = new JsonArray("type", "loc", "msg", "input");
        var schema = Schema.Complete(("detail", Schema.List(problem)));
        schema["description"] = "Everything that is wrong, at once.";
        return schema;
    }

    public static JsonObject Health() => new()
    {
        ["type"] = "object",
        ["description"] = "How Beacon is, with figures.",
        ["properties"] = new JsonObject
        {
            ["status"] = Schema.Text("healthy, degraded or unhealthy."),
            ["message"] = Schema.Text(),
            ["version"] = Schema.Text(),
            ["timestamp"] = Schema.Instant("Now."),
            ["uptime"] = Schema.Number("Seconds since the start."),
            ["services"] = new JsonObject { ["type"] = "object", ["description"] = "Counts: total, active, inactive, expired, unhealthy." },
            ["mdns"] = new JsonObject { ["type"] = "object", ["description"] = "running, domain, registered_services and more." },
            ["database"] = new JsonObject { ["type"] = "object", ["description"] = "connected, ping_ms and more." },
            ["memory"] = new JsonObject { ["type"] = "object", ["description"] = "used_mb, cache_size." },
            ["network"] = new JsonObject { ["type"] = "object", ["description"] = "local_ip, interface." },
        },
        ["required"] = new JsonArray("status", "version"),
    };

    public static JsonObject State() => Schema.Complete(("status", Schema.Text()));

    public static JsonObject About() => Schema.Object(
        ("name", Schema.Text()),
        ("version", Schema.Text()),
        ("prefix", Schema.Text()),
        ("endpoints", Schema.TextMap()));
}
