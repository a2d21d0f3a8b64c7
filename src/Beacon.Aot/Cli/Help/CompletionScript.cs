namespace Beacon.Aot.Cli.Help;

/// <summary>Completion for a shell, made from the tables of commands, options and settings.</summary>
internal static class CompletionScript
{
    public static IReadOnlyList<string> Shells => Verb.Completion.Choices;

    /// <summary>Null for a shell there is none for.</summary>
    public static string? For(string shell) => shell switch
    {
        "bash" => BashCompletion.Write(),
        "zsh" => ZshCompletion.Write(),
        "fish" => FishCompletion.Write(),
        _ => null,
    };

    /// <summary>Types worth offering: a network would have to be asked for those it has.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["_http._tcp", "_https._tcp", "_ipp._tcp", "_ssh._tcp", "_mqtt._tcp", "_smb._tcp", "_airplay._tcp", "_hap._tcp", "_beacon._tcp"];

    /// <summary>Everything with dashes that a command takes, in the order of the help.</summary>
    public static IEnumerable<(string Name, string? Form, string Help, IReadOnlyList<string> Choices)> OptionsOf(Verb verb)
    {
        foreach (var option in verb.Options)
        {
            yield return (option.Name, option.Form, option.Help, option.Choices);
        }

        foreach (var setting in verb.Settings)
        {
            yield return (setting.Option, setting.Form, setting.Help, setting.Choices);
        }

        if (verb.Settings.Count > 0)
        {
            yield return ("config", "FILE", "Configuration file", []);
        }

        yield return ("help", null, "What the command does and takes", []);
    }

    /// <summary>What follows a command; null: nothing to offer.</summary>
    public static WordKind KindOf(Verb verb) =>
        verb == Verb.Browse ? WordKind.Type
        : verb == Verb.Help ? WordKind.Command
        : verb == Verb.Import || verb == Verb.Export || verb == Verb.Backup || verb == Verb.Restore ? WordKind.File
        : verb == Verb.Show || verb == Verb.Heartbeat || verb == Verb.Deregister ? WordKind.Service
        : verb.Choices.Count > 0 ? WordKind.Choice
        : WordKind.None;

    /// <summary>Asks the Beacon there is, within a second or not at all: a key that hangs is worse than one that offers nothing.</summary>
    public const string ListNames = "timeout 1 beacon list --json 2>/dev/null | sed -n 's/.*\"service_id\":\"[^\"]*\",\"name\":\"\\([^\"\\\\]*\\)\".*/\\1/p'";
}
