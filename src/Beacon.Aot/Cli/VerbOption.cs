namespace Beacon.Aot.Cli;

/// <summary>An option that only some commands have. Settings belong to the commands that run, look or keep; see <see cref="Verb.Settings"/>.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Form">How its value looks; null when it takes none.</param>
internal sealed record VerbOption(string Name, string? Form, string Help)
{
    public static readonly VerbOption Json = new("json", null, "Print JSON, one object a line");
    public static readonly VerbOption Follow = new("follow", null, "Go on, and print what comes, changes and goes");
    public static readonly VerbOption Timeout = new("timeout", "SECONDS", "Look at most this long [6]");
    public static readonly VerbOption DryRun = new("dry-run", null, "Change nothing, only say what would be done");
    public static readonly VerbOption Url = new("url", "URL", "The Beacon to talk to [BEACON_URL, else this machine's, else the one mDNS finds]");
    public static readonly VerbOption Force = new("force", null, "Replace a file that is there");

    public static readonly VerbOption ServiceHost = new("host", "HOST", "Where it runs: a name or an address [this machine]");
    public static readonly VerbOption ServicePort = new("port", "1-65535", "Its port; needed");
    public static readonly VerbOption ServiceType = new("type", "TYPE", "What it is: http, mqtt, _ipp._tcp … [http]");
    public static readonly VerbOption ServiceProtocol = new("protocol", "NAME", "What it speaks [http]");
    public static readonly VerbOption ServiceTag = new("tag", "TAG", "A tag; may be given again") { IsRepeatable = true };
    public static readonly VerbOption ServiceMetadata = new("meta", "KEY=VALUE", "An entry of its metadata, announced as TXT; may be given again") { IsRepeatable = true };
    public static readonly VerbOption Ttl = new("ttl", "10-86400", "Lease in seconds");
    public static readonly VerbOption HealthUrl = new("health-url", "URL", "Beacon checks this and keeps the lease while it answers: http, https or tcp");
    public static readonly VerbOption HealthInterval = new("health-interval", "30-3600", "Seconds between checks [60]");
    public static readonly VerbOption KeepAlive = new("keep-alive", null, "Send heartbeats until Ctrl-C, or while the command behind \"--\" runs; then deregister");

    public static readonly VerbOption FilterType = new("type", "TYPE", "Only of this type");
    public static readonly VerbOption FilterTag = new("tag", "TAG", "Only with this tag; given again: one of them") { IsRepeatable = true };
    public static readonly VerbOption FilterHost = new("host", "HOST", "Only on this host");
    public static readonly VerbOption FilterProtocol = new("protocol", "NAME", "Only with this protocol");
    public static readonly VerbOption FilterStatus = new("status", "STATUS", "active, unhealthy or expired [all but expired]") { Choices = ["active", "unhealthy", "expired"] };
    public static readonly VerbOption Search = new("search", "TEXT", "Only those with this text in name, host, type, a tag or metadata");

    /// <summary>Whether each occurrence counts, instead of the last.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Values shell completion may offer.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
