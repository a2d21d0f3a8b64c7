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

    public static JsonObject MdnsPicture() => Schema.Complete(
        ("state", Schema.Enumeration(["running", "stopped", "off"])),
        ("domain", Schema.Text()),
        ("host_name", Schema.Text("Beacon's own, as it is held now.")),
        ("port_shared", Schema.Boolean("Another responder on this machine, such as avahi-daemon, has port 5353 too.")),
        ("conflicts", Schema.Integer("Names lost to other hosts since the start.")),
        ("last_conflict", Schema.Nullable(Schema.Complete(
            ("name", Schema.Text()),
            ("interface", Schema.Text()),
            ("from", Schema.Text("Address of the other host.")),
            ("at", Schema.Instant("When.")),
            ("outcome", Schema.Enumeration(["asked_again", "left_to_the_other"]))))),
        ("dropped_by_system", Schema.Integer("Datagrams that nobody read in time.")),
        ("not_our_interface", Schema.Integer("Datagrams from interfaces that are not in use.")),
        ("interfaces", Schema.List(Interface())),
        ("names", Schema.List(Name())),
        ("total", Schema.Integer("Names that match.")),
        ("page", Schema.Integer()),
        ("page_size", Schema.Integer()));

    private static JsonObject Interface() => Schema.Complete(
        ("name", Schema.Text()),
        ("index", Schema.Integer()),
        ("mtu", Schema.Integer("Bytes.")),
        ("ipv4", Schema.Boolean()),
        ("ipv6", Schema.Boolean()),
        ("addresses", Schema.List(Schema.Text("With the length of the prefix."))),
        ("state", Schema.Enumeration(["probing", "announced"])),
        ("names", Schema.Complete(("waiting", Schema.Integer()), ("probing", Schema.Integer()), ("announced", Schema.Integer()))),
        ("packets", Schema.Complete(
            ("received", Schema.Integer()),
            ("sent", Schema.Integer("Counting each family.")),
            ("dropped", Schema.Complete(
                ("not_understood", Schema.Integer("No header, or neither query nor response.")),
                ("damaged", Schema.Integer("Broken or cut off; what came before was used.")),
                ("not_from_this_link", Schema.Integer("By unicast from another network, or a response from another port.")),
                ("not_asked_for", Schema.Integer("A response by unicast that nobody wanted.")),
                ("no_plain_query", Schema.Integer("A query from another port with records in it, or from no single host.")))))),
        ("answers_withheld", Schema.Integer("Unicast answers beyond BEACON_MDNS_ANSWER_LIMIT.")));

    private static JsonObject Name() => Schema.Complete(
        ("name", Schema.Text()),
        ("kind", Schema.Enumeration(["host", "instance"])),
        ("service_id", Schema.Nullable(Schema.Uuid("Null for hosts and for Beacon's own services."))),
        ("renamed_from", Schema.Nullable(Schema.Text("The first label before other hosts had it."))),
        ("interfaces", Schema.TextMap()));

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

    public static JsonObject Configuration() => Schema.Complete(
        ("settings", Schema.List(Schema.Complete(
            ("name", Schema.Text("Environment variable.")),
            ("value", Schema.Nullable(Schema.Text("Null when it is hidden."))),
            ("source", Schema.Text("default, environment, command line, or the path of the file.")),
            ("default", Schema.Text()),
            ("description", Schema.Text()),
            ("hidden", Schema.Boolean("A secret is set."))))));

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
