namespace Beacon.Aot.Cli;

/// <summary>One command of the program. Help and completion come from this table.</summary>
/// <param name="Words">How many words may follow it.</param>
internal sealed record Verb(string Name, string Form, string Summary, int Words = 0, string? Alias = null)
{
    public static readonly Verb Serve = new("serve", "serve", "Run the registry; what beacon does without a command");
    public static readonly Verb Browse = new("browse", "browse [TYPE]", "List what is announced on the network, of one type (\"http\") or all", Words: 1)
    {
        Options = [VerbOption.Json, VerbOption.Follow, VerbOption.Timeout],
    };

    public static readonly Verb Resolve = new("resolve", "resolve NAME", "Find a service (\"Printer._ipp._tcp\"), a host (\"nas.local\") or an address", Words: 1)
    {
        Options = [VerbOption.Json, VerbOption.Follow, VerbOption.Timeout],
    };

    public static readonly Verb HealthCheck = new("healthcheck", "healthcheck", "Ask the Beacon on this machine how it is; exit 0 when well, 1 when not", Alias: "health");
    public static readonly Verb Config = new("config", "config print|check", "Show the settings in force and where each comes from, or only check them", Words: 1);
    public static readonly Verb Migrate = new("migrate", "migrate", "Bring services of an earlier version in MongoDB into today's form; --dry-run only says what would be done")
    {
        Options = [VerbOption.DryRun, VerbOption.Json],
    };

    public static readonly Verb Completion = new("completion", "completion bash|zsh|fish", "Print a completion script for a shell", Words: 1);
    public static readonly Verb Version = new("version", "version", "Print the version") { Options = [VerbOption.Json] };
    public static readonly Verb Help = new("help", "help", "Print this help");

    public static IReadOnlyList<Verb> All { get; } = [Serve, Browse, Resolve, HealthCheck, Config, Migrate, Completion, Version, Help];

    /// <summary>Options that only this command and its like have.</summary>
    public IReadOnlyList<VerbOption> Options { get; init; } = [];
}
