using System.Text.Json.Nodes;
using Beacon.Aot.Api.Services;
using Beacon.Aot.Api.Validation;
using Beacon.Registry.Health;
using Beacon.Registry.Services;
using Beacon.Storage;

namespace Beacon.Aot.Tests.Docs;

/// <summary>Bodies about services.</summary>
internal static class ServiceSchemas
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["name"] = "Shown to people and announced as the instance name. Beyond 63 bytes of UTF-8 the announcement cuts it.",
        ["type"] = "What it is, in a word: http, mqtt, iot, api … Decides the DNS-SD type unless mdns_service_type does.",
        ["host"] = "Address or name of the machine the service runs on. Several addresses may be given with blanks between; localhost, a wildcard or a container name stands for the sender's address.",
        ["port"] = "Where it listens. Also taken as a text or as 80.0.",
        ["protocol"] = "http, https, tcp, udp or your own word; udp makes the announcement a _udp one.",
        ["tags"] = "Words to find it by. Repeats are dropped.",
        ["metadata"] = "Anything else; announced as TXT entries as far as they fit.",
        ["ttl"] = "Lease in seconds: without a heartbeat for that long the service expires.",
        ["health_check_url"] = "Address to check the service at: http, https, or tcp://host:port. Null or empty for none.",
        ["health_check_interval"] = "Seconds between checks. Null for the default.",
        ["health_check_timeout"] = "Seconds a check may take.",
        ["health_check_retries"] = "Failures in a row that make a service unhealthy.",
        ["health_check_enabled"] = "False keeps the settings and checks nothing.",
        ["fallback_to_health_check"] = "A passing check renews the lease when heartbeats stay away.",
        ["health_check_method"] = "How an HTTP check asks. The answer to HEAD has no body to look into.",
        ["health_check_headers"] = "Sent along with a check, to its own host only. Values are never shown again; answers tell the names as health_check_header_names.",
        ["health_check_expected_status"] = "HTTP statuses that count as healthy, such as 200-399 or 200,204,401.",
        ["health_check_expected_text"] = "Must occur in the first 64 KiB of the body, exactly. Null or empty for none.",
        ["health_check_expected_json"] = "Values that the JSON of the body must have, by path: {\"checks[0].state\": \"ok\"}.",
        ["health_check_insecure"] = "Accept any TLS certificate: for devices that sign their own.",
        ["until"] = "When it is over, at most 30 days ahead: 2026-11-24T18:00:00Z.",
        ["duration"] = "Seconds it takes from now.",
        ["reason"] = "For people.",
        ["lease_source"] = "What keeps the lease: heartbeats, passing checks, or either. Default: both with a check (heartbeat when fallback_to_health_check is false). Without a check it is heartbeat whatever is said here.",
        ["mdns_service_type"] = "Exactly what is announced, without domain: _ipp._tcp. Behind commas subtypes it is found under as well, as Bonjour's tools write them: _ipp._tcp,_printer. Default: derived from type and protocol.",
        ["mdns_txt_records"] = "Further TXT entries of the announcement. They cannot replace service_id, name, type, protocol.",
    };

    private static readonly Dictionary<string, JsonNode> Defaults = new()
    {
        ["type"] = ServiceLimits.DefaultType,
        ["protocol"] = ServiceLimits.DefaultProtocol,
        ["tags"] = new JsonArray(),
        ["metadata"] = new JsonObject(),
        ["ttl"] = ServiceLimits.DefaultTtl,
        ["health_check_interval"] = HealthCheckSettings.Default.IntervalSeconds,
        ["health_check_timeout"] = HealthCheckSettings.Default.TimeoutSeconds,
        ["health_check_retries"] = HealthCheckSettings.Default.Retries,
        ["health_check_enabled"] = HealthCheckSettings.Default.Enabled,
        ["fallback_to_health_check"] = HealthCheckSettings.Default.FallbackToHealthCheck,
        ["health_check_method"] = "GET",
        ["health_check_expected_status"] = StatusRanges.Default,
        ["health_check_insecure"] = false,
        ["mdns_txt_records"] = new JsonObject(),
    };

    public static JsonObject Registration()
    {
        var schema = Members(ServiceRules.ForRegistration, withDefaults: true);
        schema["required"] = new JsonArray([.. ServiceRules.Required.Select(rule => JsonValue.Create(rule.Name))]);
        schema["description"] = "Members that are left out keep their value when the service (same name, host and port) is known, and get the default otherwise. Unknown members are ignored.";
        return schema;
    }

    public static JsonObject Update()
    {
        var schema = Members(ServiceRules.ForUpdate, withDefaults: false);
        schema["description"] = "Any of the members; the others stay. Lists are replaced whole. The lease is not touched.";
        return schema;
    }

    public static JsonObject Service()
    {
        var schema = Members();
        schema["properties"]!["mdns_txt_records"] = Schema.TextMap();
        schema["properties"]!["mdns_txt_records"]!["description"] = "Only there when there are any.";
        return schema;
    }

    public static JsonObject ServiceWithAnnouncement()
    {
        var schema = Service();
        schema["properties"]!["mdns"] = Schema.Complete(
            ("state", Schema.Enumeration(["announced", "probing", "waiting_for_address", "refused", "not_announced", "off"])),
            ("instance", Schema.Nullable(Schema.Text("Name on the network, after cutting and renaming."))),
            ("service_type", Schema.Nullable(Schema.Text())),
            ("target", Schema.Nullable(Schema.Text("Host name the announcement leads to."))),
            ("port", Schema.Integer("In the SRV record; 0 while nothing is announced.")),
            ("addresses", Schema.List(Schema.Text())),
            ("txt", Schema.List(Schema.Text("One string of the TXT record, bytes that are no text escaped."))),
            ("reason", Schema.Nullable(Schema.Text("A sentence, when the state needs one."))));
        schema["required"]!.AsArray().Add("mdns");
        return schema;
    }

    private static readonly string[] Sometimes =
    [
        "health_check_method", "health_check_header_names", "health_check_expected_status", "health_check_expected_text",
        "health_check_expected_json", "health_check_insecure", "lease_source", "health", "flapping", "maintenance",
    ];

    public static JsonObject Maintenance()
    {
        var schema = Members([MaintenanceReader.UntilRule, MaintenanceReader.Duration, MaintenanceReader.Reason], withDefaults: false);
        schema["description"] = "Either until or duration.";
        return schema;
    }

    public static JsonObject Check() => Schema.Complete(
        ("service_id", Schema.Uuid("The service that was checked.")),
        ("timestamp", Schema.Instant("When the check ended.")),
        ("status", Schema.Enumeration(CheckOutcomeText.All)),
        ("response_time_ms", Schema.Nullable(Schema.Number("Null when there was no answer."))),
        ("status_code", Schema.Nullable(Schema.Integer("Of the last HTTP answer."))),
        ("error", Schema.Nullable(Schema.Text("A sentence; null when it passed."))),
        ("health", Schema.Enumeration(HealthStatusText.All)),
        ("consecutive_failures", Schema.Integer()));

    private static JsonObject Optional(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonObject Members()
    {
        var schema = AllMembers();
        var required = schema["required"]!.AsArray();
        foreach (var name in Sometimes)
        {
            required.Remove(required.Single(x => x!.GetValue<string>() == name));
        }

        return schema;
    }

    private static JsonObject AllMembers() => Schema.Complete(
        ("service_id", Schema.Uuid("Given at the first registration, kept for as long as the service exists.")),
        ("name", Schema.Text()),
        ("type", Schema.Text()),
        ("host", Schema.Text()),
        ("port", Schema.Integer()),
        ("protocol", Schema.Text()),
        ("tags", Schema.List(Schema.Text())),
        ("metadata", Schema.TextMap()),
        ("status", Schema.Ref("Status")),
        ("ttl", Schema.Integer("Seconds.")),
        ("expires_at", Schema.Instant("When the lease ends unless it is renewed.")),
        ("last_heartbeat", Schema.Instant("Last heartbeat or registration.")),
        ("created_at", Schema.Instant("First registration.")),
        ("updated_at", Schema.Instant("Last change or heartbeat, whichever is later.")),
        ("health_check_url", Schema.Nullable(Schema.Text())),
        ("health_check_interval", Schema.Integer("Seconds.")),
        ("health_check_timeout", Schema.Integer("Seconds.")),
        ("health_check_retries", Schema.Integer()),
        ("last_health_check", Schema.Nullable(Schema.Instant("Null when never checked."))),
        ("consecutive_health_failures", Schema.Integer()),
        ("health_check_enabled", Schema.Boolean()),
        ("fallback_to_health_check", Schema.Boolean()),
        ("health_check_method", Optional(Schema.Enumeration(CheckMethodText.All), "Only there when it is not GET.")),
        ("health_check_header_names", Optional(Schema.List(Schema.Text()), "Only there when there are any; their values are kept secret.")),
        ("health_check_expected_status", Optional(Schema.Text(), "Only there when it is not 200-299.")),
        ("health_check_expected_text", Optional(Schema.Text(), "Only there when something is expected.")),
        ("health_check_expected_json", Optional(Schema.TextMap(), "Only there when something is expected.")),
        ("health_check_insecure", Optional(Schema.Boolean(), "Only there when it is true.")),
        ("lease_source", Optional(Schema.Enumeration(LeaseSourceText.All), "What keeps the lease. Only there for a service that is checked; every other lives by heartbeats.")),
        ("health", Optional(Schema.Enumeration(["healthy", "unhealthy", "unknown"]), "What its checks say. Only there for a service that is checked.")),
        ("flapping", Optional(Schema.Boolean(), "True while its health changes too often to be followed; otherwise not there.")),
        ("maintenance", Optional(
            Schema.Complete(("since", Schema.Instant("When it was announced.")), ("until", Schema.Instant("When it is over.")), ("reason", Schema.Text())),
            "A planned interruption; only there while there is one.")),
        ("mdns_service_type", Schema.Text("What is announced, without domain; subtypes behind commas.")));

    public static JsonObject Status()
    {
        var schema = Schema.Enumeration(QueryRules.Statuses);
        schema["description"] = "inactive is part of the contract; no service ever has it.";
        return schema;
    }

    public static JsonObject Query()
    {
        var schema = Schema.Object(
            ("type", Schema.Nullable(Schema.Of(QueryRules.Type))),
            ("tags", Schema.Nullable(Schema.Of(QueryRules.Tags))),
            ("protocol", Schema.Nullable(Schema.Of(QueryRules.Protocol))),
            ("status", Schema.Nullable(Schema.Enumeration(QueryRules.Statuses))),
            ("name", Schema.Nullable(Schema.Of(QueryRules.Name))),
            ("host", Schema.Nullable(Schema.Of(QueryRules.Host))),
            ("q", Schema.Nullable(Schema.Of(QueryRules.Text))),
            ("metadata", Schema.Nullable(Schema.Of(QueryRules.Metadata))));
        ((JsonArray)schema["properties"]!["status"]!["enum"]!).Add(null);
        schema["description"] = "Every condition given must hold; of tags one is enough. Null and the empty text are no condition.";
        return schema;
    }

    public static JsonObject List() => Schema.Complete(
        ("services", Schema.List(Schema.Ref("Service"))),
        ("total", Schema.Integer("How many match in all, not only on this page.")),
        ("page", Schema.Integer("skip / limit + 1.")),
        ("page_size", Schema.Integer("The limit.")));

    public static JsonObject Discovery() => Schema.Complete(
        ("services", Schema.List(Schema.Ref("Service"))),
        ("total", Schema.Integer("How many match in all, not only in this answer.")),
        ("filters_applied", Schema.TextMap()),
        ("discovery_method", Schema.Constant("api")));

    public static JsonObject Heartbeat() => Schema.Complete(
        ("service_id", Schema.Uuid("The service.")),
        ("status", Schema.Ref("Status")),
        ("expires_at", Schema.Instant("When the lease ends now.")),
        ("last_heartbeat", Schema.Instant("This heartbeat.")),
        ("message", Schema.Text()));

    public static JsonObject HeartbeatBatch()
    {
        var ids = Schema.List(Schema.Text());
        ids["maxItems"] = HeartbeatsEndpoint.MaxIds;
        var schema = Schema.Object(("ids", ids), ("ttl", Schema.Nullable(Schema.Of(QueryRules.Ttl))));
        schema["required"] = new JsonArray("ids");
        return schema;
    }

    public static JsonObject Heartbeats() => Schema.Complete(
        ("renewed", Schema.Integer("Ids that were known.")),
        ("unknown", Schema.List(Schema.Text())));

    public static JsonObject Deregistration() => Schema.Complete(
        ("message", Schema.Text()),
        ("service_id", Schema.Uuid("The service that is gone.")),
        ("service_name", Schema.Text()),
        ("mdns_deregistered", Schema.Boolean("False when mDNS is switched off.")));

    public static JsonObject CleanUp() => Schema.Complete(("message", Schema.Text()), ("removed_count", Schema.Integer()));

    private static JsonObject Members(IReadOnlyList<FieldRule> rules, bool withDefaults)
    {
        var properties = new JsonObject();
        foreach (var rule in rules)
        {
            var schema = Schema.Of(rule);
            schema["description"] = Meanings[rule.Name];
            if (withDefaults && Defaults.TryGetValue(rule.Name, out var value))
            {
                schema["default"] = value.DeepClone();
            }

            properties[rule.Name] = schema;
        }

        return new() { ["type"] = "object", ["properties"] = properties };
    }
}
