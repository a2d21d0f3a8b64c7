using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>One command of the program. Help, completion and the manual come from this table.</summary>
/// <param name="Form">The command with its words, as one types it.</param>
/// <param name="Words">How many words may follow it.</param>
internal sealed record Verb(string Name, string Form, string Summary, int Words = 0, string? Alias = null)
{
    /// <summary>A bound for commands that take a list; a shell's own limit comes first.</summary>
    private const int ManyWords = 100_000;

    /// <summary>What a command needs to find a Beacon and to speak with it.</summary>
    private static readonly IReadOnlyList<Setting> Finding =
        [Configuration.Settings.ApiPrefix, Configuration.Settings.MdnsInterface, Configuration.Settings.MdnsDomain];

    private static readonly IReadOnlyList<Setting> Keeping = [Configuration.Settings.DataDirectory, Configuration.Settings.MongoUrl];

    public static readonly Verb Serve = new("serve", "serve", "Run the registry; what beacon does without a command")
    {
        Details = "Serves HTTP and WebSocket, announces what is registered over mDNS, and keeps it in the data directory or in MongoDB. SIGTERM and Ctrl-C stop it within two seconds, with goodbyes sent and everything stored.",
        Examples = [new("beacon --port 8080 --data-dir /var/lib/beacon", "")],
    };

    public static readonly Verb Register = new("register", "register NAME --port PORT", "Register a service, or renew and change one that is known", Words: 1)
    {
        Options =
        [
            VerbOption.ServicePort, VerbOption.ServiceHost, VerbOption.ServiceType, VerbOption.ServiceProtocol, VerbOption.ServiceTag,
            VerbOption.ServiceMetadata, VerbOption.Ttl, VerbOption.HealthUrl, VerbOption.HealthInterval, VerbOption.KeepAlive, VerbOption.Url, VerbOption.Json,
        ],
        Settings = Finding,
        TakesCommand = true,
        Details = "The same name, host and port is the same service: it keeps its id. Prints the id alone when standard output is no terminal. With --keep-alive it renews the lease at a third of its length, registers anew when Beacon has forgotten it, waits for a Beacon that is away, and deregisters at the end; the exit code is then that of the command behind \"--\".",
        Examples =
        [
            new("beacon register 'office printer' --host 192.168.1.50 --port 631 --type ipp --ttl 3600", ""),
            new("beacon register blog --port 8000 --keep-alive -- python3 -m http.server", "registered for as long as it runs"),
        ],
    };

    public static readonly Verb Heartbeat = new("heartbeat", "heartbeat SERVICE…", "Renew the leases of services, by id or by name", ManyWords)
    {
        Options = [VerbOption.Ttl, VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Details = "Exit code 1 when one of them is unknown: register it again.",
        Examples = [new("beacon heartbeat 'office printer'", "")],
    };

    public static readonly Verb List = new("list", "list", "List what is registered")
    {
        Options =
        [
            VerbOption.FilterType, VerbOption.FilterTag, VerbOption.FilterHost, VerbOption.FilterProtocol, VerbOption.FilterStatus, VerbOption.Search,
            VerbOption.Url, VerbOption.Json,
        ],
        Settings = Finding,
        Alias = "ls",
        Examples = [new("beacon list --type mqtt", ""), new("beacon list --json | jq -r .host", "")],
    };

    public static readonly Verb Show = new("show", "show SERVICE", "Show one service, by id or by name, and what the network is told of it", Words: 1)
    {
        Options = [VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Examples = [new("beacon show 'office printer'", "")],
    };

    public static readonly Verb Watch = new("watch", "watch", "Print what comes, changes and goes, until Ctrl-C")
    {
        Options = [VerbOption.FilterType, VerbOption.FilterTag, VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Details = "Connects again by itself when Beacon was away, and misses nothing that Beacon still remembers.",
        Examples = [new("beacon watch --tag kitchen", "")],
    };

    public static readonly Verb Deregister = new("deregister", "deregister SERVICE…", "Take services away, by id or by name", ManyWords)
    {
        Options = [VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Alias = "rm",
        Examples = [new("beacon deregister 'office printer'", "")],
    };

    public static readonly Verb Browse = new("browse", "browse [TYPE]", "List what is announced on the network, of one type (\"http\") or all", Words: 1)
    {
        Options = [VerbOption.Json, VerbOption.Follow, VerbOption.Timeout],
        Details = "Asks the network itself and needs no Beacon on it.",
        Examples = [new("beacon browse", ""), new("beacon browse _ipp._tcp --follow", "")],
    };

    public static readonly Verb Resolve = new("resolve", "resolve NAME", "Find a service (\"Printer._ipp._tcp\"), a host (\"nas.local\") or an address", Words: 1)
    {
        Options = [VerbOption.Json, VerbOption.Follow, VerbOption.Timeout],
        Examples = [new("beacon resolve \"Office Printer._ipp._tcp\"", "")],
    };

    public static readonly Verb Status = new("status", "status", "Say how a Beacon is: services, store, mDNS")
    {
        Options = [VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Details = "Exit code 1 when it is not well.",
    };

    public static readonly Verb Export = new("export", "export [FILE]", "Write all registered services as JSON lines, to standard output without FILE", Words: 1)
    {
        Options = [VerbOption.Force, VerbOption.Url],
        Settings = Finding,
        Details = "The first line names the format and its version, the last one counts: a file that was cut off is noticed by \"import\". Leases, history and the event log are not in it: see \"backup\".",
        Examples = [new("beacon export services.jsonl", "")],
    };

    public static readonly Verb Import = new("import", "import [FILE]", "Register all services of an export; FILE - or none is standard input", Words: 1)
    {
        Options = [VerbOption.DryRun, VerbOption.Url, VerbOption.Json],
        Settings = Finding,
        Details = "Services that are known keep their id and are brought up to date, others get one. The whole file is checked first; nothing is registered when a line of it cannot be read.",
        Examples = [new("beacon export --url http://old:8080 | beacon import --url http://new:8080", "from one Beacon to another")],
    };

    public static readonly Verb Backup = new("backup", "backup FILE", "Copy the database of the data directory, while Beacon runs or not", Words: 1)
    {
        Options = [VerbOption.Force, VerbOption.Json],
        Settings = Keeping,
        Details = "One consistent file, checked before it gets its name: services, leases, history, event log. A folder as FILE gets one named after the time. Needs read and write access to the data directory.",
        Examples = [new("beacon backup /mnt/backup/", ""), new("beacon backup beacon-before-upgrade.db --data-dir /var/lib/beacon", "")],
    };

    public static readonly Verb Restore = new("restore", "restore FILE", "Put a backup back into the data directory; Beacon must not run", Words: 1)
    {
        Options = [VerbOption.DryRun, VerbOption.Json],
        Settings = Keeping,
        Details = "The file is checked first, and what was there is set aside, not deleted. While Beacon runs, bring services back with \"export\" and \"import\".",
        Examples = [new("beacon restore /mnt/backup/beacon-20261128T090000Z.db", "")],
    };

    public static readonly Verb HealthCheck = new("healthcheck", "healthcheck", "Ask the Beacon on this machine how it is; exit 0 when well, 1 when not", Alias: "health");
    public static readonly Verb Config = new("config", "config print|check", "Show the settings in force and where each comes from, or only check them", Words: 1) { Choices = ["print", "check"] };
    public static readonly Verb Migrate = new("migrate", "migrate", "Bring services of an earlier version in MongoDB into today's form")
    {
        Options = [VerbOption.DryRun, VerbOption.Json],
        Details = "Every start does the same by itself; this is for doing it, or rehearsing it, at a time of one's own.",
    };

    public static readonly Verb Completion = new("completion", "completion bash|zsh|fish", "Print a completion script for a shell", Words: 1)
    {
        Settings = [],
        Choices = ["bash", "zsh", "fish"],
        Examples =
        [
            new("beacon completion bash | sudo tee /etc/bash_completion.d/beacon", ""),
            new("beacon completion fish > ~/.config/fish/completions/beacon.fish", ""),
        ],
    };

    public static readonly Verb Manual = new("man", "man", "Print the manual page")
    {
        Settings = [],
        Examples = [new("beacon man | man -l -", "")],
    };

    public static readonly Verb Licenses = new("licenses", "licenses", "Print what the program is made of, and under which licences") { Settings = [] };
    public static readonly Verb Version = new("version", "version", "Print the version") { Options = [VerbOption.Json], Settings = [] };
    public static readonly Verb Help = new("help", "help [COMMAND]", "Print this help, or that of one command", Words: 1) { Settings = [] };

    public static IReadOnlyList<Verb> All { get; } =
    [
        Serve, Register, Heartbeat, List, Show, Watch, Deregister, Browse, Resolve, Status, Export, Import, Backup, Restore,
        Migrate, HealthCheck, Config, Completion, Manual, Licenses, Version, Help,
    ];

    /// <summary>Options that only this command and its like have. They come before a setting of the same name.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];

    /// <summary>Settings that mean something to it.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = Configuration.Settings.All;

    /// <summary>Whether a command may follow behind <c>--</c>.</summary>
    public bool TakesCommand { get; init; }

    /// <summary>Words it knows, for completion.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the summary leaves out, one paragraph.</summary>
    public string Details { get; init; } = "";

    public IReadOnlyList<Example> Examples { get; init; } = [];

    public static Verb? Find(string word) => All.FirstOrDefault(x => x.Name == word || x.Alias == word);

    /// <summary>What one could type.</summary>
    internal sealed record Example(string Command, string Remark);
}
