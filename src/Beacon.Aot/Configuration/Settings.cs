namespace Beacon.Aot.Configuration;

/// <summary>Every setting there is.</summary>
internal static class Settings
{
    public static readonly Setting Host = new("BEACON_HOST", "host", "ADDRESS", "0.0.0.0", "Address to listen on; 0.0.0.0 means every address, IPv6 included");
    public static readonly Setting Port = new("BEACON_PORT", "port", "0-65535", "8080", "TCP port of the API; 0 takes any free one while mDNS is off");
    public static readonly Setting ApiPrefix = new("API_PREFIX", "api-prefix", "/PATH", "/api/v1", "Path that every API route begins with");
    public static readonly Setting DataDirectory = new("BEACON_DATA_DIR", "data-dir", "DIRECTORY", "", "Where services are kept; default: /app/data if it is there, else $XDG_STATE_HOME/beacon or ~/.local/state/beacon");
    public static readonly Setting DefaultTtl = new("BEACON_DEFAULT_TTL", "default-ttl", "10-86400", "300", "Lease in seconds for services that ask for none");
    public static readonly Setting CleanUpInterval = new("BEACON_TTL_CLEANUP_INTERVAL", "ttl-cleanup-interval", "1-3600", "30", "Seconds between clean-ups of expired services");
    public static readonly Setting ExpiredRetention = new("BEACON_EXPIRED_RETENTION", "expired-retention", "0-2592000", "3600", "Seconds an expired service stays readable");
    public static readonly Setting MaxServices = new("BEACON_MAX_SERVICES", "max-services", "1-10000000", "1000000", "Services held at most; one more is refused");
    public static readonly Setting CorsOrigins = new("CORS_ORIGINS", "cors-origins", "LIST", "*", "Origins of web pages that may use the API: comma-separated or a JSON array; * lets every page read, only named ones may change");
    public static readonly Setting Mdns = new("BEACON_MDNS", "mdns", "on|off", "on", "Announce services over mDNS") { Choices = ["on", "off"] };
    public static readonly Setting MdnsInterface = new("MDNS_INTERFACE", "mdns-interface", "LIST", "auto", "Interfaces to announce on: names or globs, comma-separated; auto: all but loopback, containers and tunnels");
    public static readonly Setting MdnsDomain = new("MDNS_DOMAIN", "mdns-domain", "DOMAIN", "local", "Parent of announced names");
    public static readonly Setting MdnsHostName = new("BEACON_MDNS_HOSTNAME", "mdns-hostname", "NAME", "beacon", "Beacon's own host name on the network");
    public static readonly Setting MdnsInstance = new("BEACON_MDNS_INSTANCE", "mdns-instance", "NAME", "Beacon", "Instance name of Beacon's own services");
    public static readonly Setting MdnsAnswerLimit = new("BEACON_MDNS_ANSWER_LIMIT", "mdns-answer-limit", "0-1000000", "2000", "mDNS answers to single hosts a second on one interface, and to each host a tenth of them; 0: no limit");
    public static readonly Setting UnhealthyMdns = new("BEACON_UNHEALTHY_MDNS", "unhealthy-mdns", "withdraw|keep|mark", "withdraw", "Services whose health checks fail: withdraw their announcement, keep it, or mark it with status=unhealthy in TXT") { Choices = ["withdraw", "keep", "mark"] };
    public static readonly Setting MaintenanceMdns = new("BEACON_MAINTENANCE_MDNS", "maintenance-mdns", "withdraw|keep|mark", "keep", "The same for services in maintenance, whatever their checks say") { Choices = ["withdraw", "keep", "mark"] };
    public static readonly Setting HealthConcurrency = new("BEACON_HEALTH_CONCURRENCY", "health-concurrency", "2-512", "32", "Health checks under way at once; 4 of them at most go to one host");
    public static readonly Setting HealthAllow = new("BEACON_HEALTH_ALLOW", "health-allow", "LIST", "", "Networks that health checks may go to besides a service's own host and the LAN: CIDRs, comma-separated");
    public static readonly Setting CheckedRetention = new("BEACON_CHECKED_RETENTION", "checked-retention", "0-2592000", "604800", "Seconds an expired service stays that a passing health check would bring back");
    public static readonly Setting MetricsServices = new("BEACON_METRICS_SERVICES", "metrics-services", "0-10000", "1000", "Checked services that /metrics has figures of; 0: none");
    public static readonly Setting LogLevel = new("BEACON_LOG_LEVEL", "log-level", "LEVEL", "INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL", "LOG_LEVEL")
    {
        Choices = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    };

    public static readonly Setting LogFormat = new("LOG_FORMAT", "log-format", "json|text|auto", "auto", "auto: text on a terminal, JSON lines otherwise") { Choices = ["json", "text", "auto"] };
    public static readonly Setting MongoUrl = new("BEACON_MONGODB_URL", "mongodb-url", "URL", "", "Keep services in this MongoDB: mongodb://[USER:PASSWORD@]HOST[,HOST…]/[DATABASE]; without it they are kept in the data directory") { IsSecret = true };
    public static readonly Setting MongoDatabase = new("DATABASE_NAME", "database-name", "NAME", "", "Database to use when the MongoDB URL names none; default: beacon");
    public static readonly Setting ServicesCollection = new("SERVICES_COLLECTION", "services-collection", "NAME", "services", "Collection of services in MongoDB");
    public static readonly Setting HealthChecksCollection = new("HEALTH_CHECKS_COLLECTION", "health-checks-collection", "NAME", "health_checks", "Collection of health check results in MongoDB");
    public static readonly Setting MongoAuthorities = new("BEACON_MONGODB_CA_FILE", "mongodb-ca-file", "FILE", "", "PEM file of the authorities that may sign MongoDB's certificate; default: those of the system");

    public static readonly Setting HealthRaw = new("BEACON_HEALTH_RAW", "health-raw", "24-168", "24", "Hours that every single result of a health check is kept");
    public static readonly Setting HealthMinutes = new("BEACON_HEALTH_MINUTES", "health-minutes", "1-365", "30", "Days that figures of health by the minute are kept");
    public static readonly Setting HealthHours = new("BEACON_HEALTH_HOURS", "health-hours", "1-3650", "365", "Days that figures of health by the hour, and incidents, are kept");
    public static readonly Setting HealthDays = new("BEACON_HEALTH_DAYS", "health-days", "0-36500", "0", "Days that figures of health by the day are kept; 0: for ever");
    public static readonly Setting EventsDays = new("BEACON_EVENTS_DAYS", "events-days", "1-3650", "90", "Days that the event log is kept, 100,000 entries at most");
    public static readonly Setting StatusPage = new("BEACON_STATUS_PAGE", "status-page", "TAG,…|*", "", "Show services with one of these tags on the public page /status; * shows all, empty switches the page off");
    public static readonly Setting StatusTitle = new("BEACON_STATUS_TITLE", "status-title", "TEXT", "Status", "Heading of the status page");

    public static IReadOnlyList<Setting> All { get; } =
    [
        Host, Port, ApiPrefix, DataDirectory, DefaultTtl, CleanUpInterval, ExpiredRetention, MaxServices, CorsOrigins,
        Mdns, MdnsInterface, MdnsDomain, MdnsHostName, MdnsInstance, MdnsAnswerLimit,
        UnhealthyMdns, MaintenanceMdns, HealthConcurrency, HealthAllow, CheckedRetention, MetricsServices, LogLevel, LogFormat,
        MongoUrl, MongoDatabase, ServicesCollection, HealthChecksCollection, MongoAuthorities,
        HealthRaw, HealthMinutes, HealthHours, HealthDays, EventsDays, StatusPage, StatusTitle,
    ];

    /// <summary>Variables that belong to commands which talk to a Beacon; the registry itself has no use for them.</summary>
    public static IReadOnlyList<string> OfCommands { get; } = ["BEACON_URL"];

    /// <summary>Variables of the earlier implementation that mean nothing here, each with what to know instead.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Retired { get; } =
    [
        new("LOG_FILE", "logs go to standard output"),
        new("HEALTH_CHECK_TIMEOUT", "health_check_timeout is given with each registration"),
        new("HEALTH_CHECK_INTERVAL", "health_check_interval is given with each registration"),
    ];
}
