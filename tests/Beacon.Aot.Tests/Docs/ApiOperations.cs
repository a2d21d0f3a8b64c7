using System.Text.Json.Nodes;
using Beacon.Aot.Api;
using Beacon.Aot.Api.Statistics;
using Beacon.Features.Health.History;

namespace Beacon.Aot.Tests.Docs;

/// <summary>The route table of the documentation; a test compares it with the routes that are really mapped.</summary>
internal static class ApiOperations
{
    private const string Services = "Services";
    private const string Discovery = "Discovery";
    private const string Health = "Health";
    private const string System = "Beacon";

    private static readonly (int, string?, string) Unknown = (404, "Detail", "No service with this id. A client that meant its own registers again.");
    private static readonly (int, string?, string) Wrong = (422, "ValidationError", "Everything that is wrong with the request.");
    private static readonly (int, string?, string) TooLarge = (413, "Detail", "The body is larger than 64 KiB.");
    private static readonly (int, string?, string) Foreign = (403, "Detail", "A web page of an origin that may not change the registry.");
    private static readonly (int, string?, string) NotStored = (503, "Detail", "The store did not take the change in time. Try again after Retry-After seconds.");

    private static readonly (int, string?, string) Unreadable = (503, "Detail", "The store cannot be read. Try again after Retry-After seconds.");

    private static readonly (int, string?, string)[] Connection =
    [
        (101, null, "Switched to WebSocket."),
        (403, "Detail", "A web page of an origin that is not allowed."),
        Wrong,
        (426, "Detail", "Not a WebSocket request."),
        (503, "Detail", "Too many live clients."),
    ];

    public static IReadOnlyList<ApiOperation> All =>
    [
        new("POST", "/services/register", Services, "Register a service",
            [(201, "Service", "Registered, on disk and announced; also when it was known already."), Foreign, TooLarge, Wrong,
                (503, "Detail", "The store did not take the registration in time, or the registry is full. Try again after Retry-After seconds.")])
        {
            Description = "The same name, host and port is the same service: same id, members merged, lease renewed.",
            BodySchema = "Registration",
            BodyExample = new JsonObject { ["name"] = "kitchen-sensor", ["type"] = "mqtt", ["host"] = "192.168.1.50", ["port"] = 1883 },
        },
        new("PUT", "/services/{service_id}/heartbeat", Services, "Renew a lease", [(200, "Heartbeat", "The lease as it stands now."), Foreign, Unknown, Wrong])
        {
            Description = "Needs no body. Brings an expired service back as long as it is still listed.",
            Parameters = [Parameters.Id, Parameters.Ttl],
        },
        new("POST", "/heartbeats", Services, "Renew many leases",
            [(200, "Heartbeats", "What is known is renewed; what is not is named."), Foreign, (413, "Detail", "The body is larger than 512 KiB."), Wrong,
                (503, "Detail", "Some are unknown, and the database that may know them was never reached. Try again after Retry-After seconds.")])
        {
            Description = "Up to 10,000 ids. Instead of JSON the body may have one id a line; the lease's length is then given in the query.",
            Parameters = [Parameters.Ttl],
            BodySchema = "HeartbeatBatch",
            BodyExample = new JsonObject { ["ids"] = new JsonArray("6f9f1c0e-3b1a-4f0e-9a43-5d7c3a1b2c3d"), ["ttl"] = 120 },
        },
        new("GET", "/services/{service_id}", Services, "One service", [(200, "Service", "The service, expired or not."), Unknown])
        {
            Parameters = [Parameters.Id],
            IsTagged = true,
        },
        new("GET", "/services/{service_id}/status", Services, "One service and its announcement", [(200, "ServiceStatus", "The service, and whether the network can find it."), Unknown])
        {
            Parameters = [Parameters.Id],
            IsTagged = true,
        },
        new("GET", "/services/{service_id}/health", Health, "How one service was",
            [(200, "ServiceHealth", "Its health now, and what its checks found in the window."), Unknown, Wrong, Unreadable])
        {
            Description = "Points are exact up to 24h; percentiles of 30d are taken from those of hours. A service without checks is unknown, with empty lists.",
            Parameters = [Parameters.Id, Parameters.Window(HistoryWindows.All)],
            IsTagged = true,
        },
        new("GET", "/health/summary", Health, "All services together", [(200, "HealthSummary", "Counts, the slowest ten, certificates that end soon.")])
        {
            IsTagged = true,
        },
        new("GET", "/incidents", Health, "When services were unhealthy", [(200, "IncidentList", "One page, newest first."), Wrong, Unreadable])
        {
            Parameters = Parameters.Incidents,
            IsTagged = true,
        },
        new("GET", "/events", System, "What happened",
            [(200, "EventList", "One page of the event log, the newest first; as application/x-ndjson the whole of it, one entry a line."), Wrong, Unreadable])
        {
            Description = "Kept across restarts. Heartbeats and single results of checks are no events. Conditions hold together. As application/x-ndjson limit means nothing.",
            Parameters = Parameters.Events,
            IsTagged = true,
            AlsoAs = (JsonLines.ContentType, "Event"),
        },
        new("GET", "/stats", Health, "Traffic over time", [(200, "Traffic", "What happened in the window."), Wrong, Unreadable])
        {
            Parameters = [Parameters.Window(StatisticsEndpoint.Windows)],
            IsTagged = true,
        },
        new("PUT", "/services/{service_id}", Services, "Change a service",
            [(200, "Service", "The service as it is now."), Foreign, Unknown, (409, "Detail", "Another service has this name, host and port."), TooLarge, Wrong, NotStored])
        {
            Parameters = [Parameters.Id],
            BodySchema = "Update",
            BodyExample = new JsonObject { ["tags"] = new JsonArray("kitchen", "climate") },
        },
        new("DELETE", "/services/{service_id}", Services, "Deregister a service", [(200, "Deregistration", "Gone, and withdrawn from the network."), Foreign, Unknown, NotStored])
        {
            Parameters = [Parameters.Id],
        },
        new("POST", "/services/{service_id}/check", Services, "Check a service now",
            [(200, "Check", "What came out."), Foreign, Unknown, (409, "Detail", "The service has no health check in force.")])
        {
            Description = "Needs no body. A check under way is waited for; within a second of the last one its result is the answer.",
            Parameters = [Parameters.Id],
        },
        new("PUT", "/services/{service_id}/maintenance", Services, "Begin or move a planned interruption",
            [(200, "Service", "The service as it is now."), Foreign, Unknown, TooLarge, Wrong, NotStored])
        {
            Description = "Checks go on, and failures count as planned. The lease does not end before it is over and one usual lease has passed. What is announced meanwhile is a setting (BEACON_MAINTENANCE_MDNS).",
            Parameters = [Parameters.Id],
            BodySchema = "Maintenance",
            BodyExample = new JsonObject { ["duration"] = 3600, ["reason"] = "new disks" },
        },
        new("DELETE", "/services/{service_id}/maintenance", Services, "End a planned interruption",
            [(200, "Service", "The service as it is now, with one usual lease."), Foreign, Unknown, NotStored])
        {
            Parameters = [Parameters.Id],
        },
        new("DELETE", "/services/cleanup", Services, "Remove all expired services now", [(200, "CleanUp", "How many were removed."), Foreign, NotStored]),
        new("GET", "/services", Discovery, "List services",
            [(200, "ServiceList", "One page, ordered by creation time, then id; as application/x-ndjson all that match, one service a line."), Wrong])
        {
            Description = "As application/x-ndjson limit and skip mean nothing.",
            Parameters = Parameters.Filters,
            IsTagged = true,
            AlsoAs = (JsonLines.ContentType, "Service"),
        },
        new("GET", "/services/discover", Discovery, "Find services", [(200, "Discovery", "One page and the conditions applied."), Wrong])
        {
            Parameters = Parameters.Filters,
            IsTagged = true,
        },
        new("POST", "/services/discover", Discovery, "Find services by a body", [(200, "Discovery", "One page and the conditions applied."), TooLarge, Wrong])
        {
            Description = "Changes nothing.",
            Parameters = Parameters.Page,
            BodySchema = "Query",
            BodyIsRequired = false,
            BodyExample = new JsonObject { ["type"] = "mqtt", ["status"] = "active" },
        },
        new("GET", "/services/types", Discovery, "Types in use", [(200, "Texts", "Sorted; of services that are not expired.")]) { IsTagged = true },
        new("GET", "/services/tags", Discovery, "Tags in use", [(200, "Texts", "Sorted; of services that are not expired.")]) { IsTagged = true },
        new("GET", "/services/expired", Discovery, "Expired services", [(200, "ServiceList", "Those whose lease ran out and that were not cleaned up yet."), Wrong])
        {
            Parameters = Parameters.Filters,
            IsTagged = true,
        },
        new("GET", "/health", System, "How Beacon is", [(200, "Health", "Serving; degraded means from memory, while the store is in trouble.")]),
        new("GET", "/mdns", System, "What the network is told, and hears of it",
            [(200, "Mdns", "Interfaces, packets, and one page of the names claimed."), Wrong, (503, "Detail", "The mDNS thread does not answer.")])
        {
            Description = "For the question why something is not found. state is off when mDNS is switched off. An interface is probing as long as a name waits or is asked for there.",
            Parameters = Parameters.Names,
        },
        new("GET", "/configuration", System, "The settings in force", [(200, "Configuration", "Read at the start; the values of secrets are left out.")]) { IsTagged = true },
        new("GET", "/ready", System, "Ready for requests", [(200, "State", "Ready."), (503, "NotReady", "Not ready.")]),
        new("GET", "/live", System, "The process is alive", [(200, "State", "Alive.")]),
        new("GET", "/ws", System, "Live events (WebSocket)", Connection)
        {
            Description = "One JSON text frame per event: {\"type\",\"event\",\"data\",\"timestamp\",\"seq\"}. Query: client_id, and since=SEQ to replay what was missed.",
            Parameters =
            [
                new() { ["name"] = "client_id", ["in"] = "query", ["schema"] = Schema.Text(), ["description"] = "At most 100 characters; echoed in the greeting." },
                new() { ["name"] = "since", ["in"] = "query", ["schema"] = Schema.Integer(), ["description"] = "The seq of the last event seen: what was missed is replayed, or resync is sent." },
            ],
        },
        new("GET", "/metrics", System, "Figures for Prometheus", [(200, null, "Text format 0.0.4, or OpenMetrics 1.0 for who accepts it.")])
        {
            BelowPrefix = false,
            MediaType = "text/plain",
        },
        new("GET", "/status", System, "The status page, for people", [(200, null, "A page without scripts; ?lang= en or de, ?refresh=off."), (404, null, "A page that says how it is switched on.")])
        {
            BelowPrefix = false,
            MediaType = "text/html",
        },
        new("GET", "/ws", System, "Live events (WebSocket), short address", Connection) { BelowPrefix = false },
        new("GET", "/api", System, "Where everything is", [(200, "About", "Name, version and addresses.")]) { BelowPrefix = false },
        new("GET", "/api/openapi.json", System, "This document", [(200, "OpenApi", "OpenAPI 3.1.")]) { BelowPrefix = false, IsTagged = true },
        new("GET", "/api/docs", System, "This document, for people", [(200, null, "A page that needs no other server.")]) { BelowPrefix = false, MediaType = "text/html" },
        new("GET", "/api/redoc", System, "Older address of /api/docs", [(308, null, "Moved to /api/docs.")]) { BelowPrefix = false },
        new("GET", "/", System, "What this is", [(200, "Welcome", "Name and version.")]) { BelowPrefix = false },
    ];
}
