namespace Beacon.Aot.Cli.Help;

/// <summary>For fish 3.</summary>
internal static class FishCompletion
{
    public static string Write() => string.Join('\n', Lines()) + "\n";

    private static IEnumerable<string> Lines()
    {
        yield return "complete -c beacon -f";
        foreach (var verb in Verb.All)
        {
            yield return $"complete -c beacon -n __fish_use_subcommand -a {verb.Name} -d '{Quoted(verb.Summary)}'";
        }

        foreach (var verb in Verb.All)
        {
            var seen = $"-n '__fish_seen_subcommand_from {verb.Name}{(verb.Alias is null ? "" : " " + verb.Alias)}{(verb == Verb.Serve ? "; or __fish_use_subcommand" : "")}'";
            foreach (var (name, form, help, choices) in CompletionScript.OptionsOf(verb))
            {
                var files = name is "data-dir" or "config" or "mongodb-ca-file" ? " -F" : "";
                var values = choices.Count > 0 ? $" -a '{string.Join(' ', choices)}'" : "";
                yield return $"complete -c beacon {seen} -l {name}{(form is null ? "" : " -r" + files)} -d '{Quoted(help)}'{values}";
            }

            if (Words(verb) is { } words)
            {
                yield return $"complete -c beacon {seen} {words}";
            }
        }
    }

    private static string? Words(Verb verb) => CompletionScript.KindOf(verb) switch
    {
        WordKind.Choice => $"-a '{string.Join(' ', verb.Choices)}'",
        WordKind.Type => $"-a '{string.Join(' ', CompletionScript.Types)}'",
        WordKind.Command => $"-a '{string.Join(' ', Verb.All.Select(x => x.Name))}'",
        WordKind.File => "-F",
        WordKind.Service => $"-a \"({CompletionScript.ListNames.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)})\"",
        _ => null,
    };

    private static string Quoted(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
