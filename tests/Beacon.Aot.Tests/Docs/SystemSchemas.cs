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

    public static JsonObject Health() => Schema.Complete(
        ("status", Schema.Enumeration(["healthy", "degraded"])),
        ("message", Schema.Text()),
        ("version", Schema.Text()),
        ("timestamp", Schema.Instant("Now.")),
        ("uptime", Schema.Number("Seconds since the start.")),
        ("services", Schema.Complete(
            ("total", Schema.Integer()),
            ("active", Schema.Integer()),
            ("inactive", Schema.Integer()),
            ("expired", Schema.Integer()),
            ("unhealthy", Schema.Integer()))),
        ("mdns", Mdns()),
        ("database", Database()),
        ("memory", Schema.Complete(("used_mb", Schema.Number()), ("cache_size", Schema.Integer("Services held in memory.")))),
        ("network", Schema.Complete(
            ("local_ip", Schema.Nullable(Schema.Text())),
            ("interface", Schema.Nullable(Schema.Text())))),
        ("live", Schema.Complete(("clients", Schema.Integer("Open WebSockets.")))));

    private static JsonObject Mdns() => Schema.Complete(
        ("running", Schema.Boolean()),
        ("domain", Schema.Text()),
        ("hostname", Schema.Text("Beacon's own, as it was won on the network.")),
        ("registered_services", Schema.Integer()),
        ("names", Schema.Integer()),
        ("conflicts", Schema.Integer()),
        ("interfaces", Schema.List(Schema.Complete(("name", Schema.Text()), ("addresses", Schema.List(Schema.Text()))))),
        ("packets", Schema.Complete(("received", Schema.Integer()), ("sent", Schema.Integer()), ("dropped", Schema.Integer()))));

    private static JsonObject Database() => Schema.Complete(
        ("type", Schema.Text()),
        ("connected", Schema.Boolean()),
        ("ping_ms", Schema.Nullable(Schema.Number())),
        ("state", Schema.Enumeration(["healthy", "behind", "down"])),
        ("pending_changes", Schema.Integer()),
        ("seconds_behind", Schema.Number()),
        ("collections", Schema.Complete(("services", Schema.Integer()))));

    public static JsonObject NotReady() => Schema.Complete(("detail", State()));

    public static JsonObject State() => Schema.Complete(("status", Schema.Text()));

    public static JsonObject About() => Schema.Complete(
        ("name", Schema.Text()),
        ("version", Schema.Text()),
        ("prefix", Schema.Text()),
        ("endpoints", Schema.TextMap()));

    public static JsonObject Welcome() => Schema.Complete(
        ("name", Schema.Text()),
        ("version", Schema.Text()),
        ("description", Schema.Text()),
        ("docs", Schema.Text()),
        ("health", Schema.Text()));
}
