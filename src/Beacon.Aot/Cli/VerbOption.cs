namespace Beacon.Aot.Cli;

/// <summary>An option that only some commands have. Settings belong to all of them.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Form">How its value looks; null when it takes none.</param>
internal sealed record VerbOption(string Name, string? Form, string Help)
{
    public static readonly VerbOption Json = new("json", null, "Print JSON, one object a line (version, browse, resolve, migrate)");
    public static readonly VerbOption Follow = new("follow", null, "Go on, and print what comes, changes and goes (browse, resolve)");
    public static readonly VerbOption Timeout = new("timeout", "SECONDS", "Look at most this long [6] (browse, resolve)");
    public static readonly VerbOption DryRun = new("dry-run", null, "Change nothing (migrate)");

    public static IReadOnlyList<VerbOption> All { get; } = [Json, Follow, Timeout, DryRun];
}
