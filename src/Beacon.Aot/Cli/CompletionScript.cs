using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>Completion for a shell, made from the tables of verbs and settings.</summary>
internal static class CompletionScript
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public static string? For(string shell) => shell switch
    {
        "bash" => Bash(),
        "zsh" => "#compdef beacon\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(),
        "fish" => Fish(),
        _ => null,
    };

    private static string Verbs => string.Join(' ', Verb.All.Select(x => x.Name));

    private static string Options => string.Join(' ', Settings.All.Select(x => "--" + x.Option).Concat(VerbOption.All.Select(x => "--" + x.Name)).Append("--config").Append("--help").Append("--version"));

    /// <summary>Types worth offering after "browse": a network would have to be asked for those it has.</summary>
    private static string Types => "_http._tcp _https._tcp _ipp._tcp _ssh._tcp _mqtt._tcp _smb._tcp _airplay._tcp _hap._tcp _beacon._tcp";

    private static string Bash()
    {
        var choices = string.Concat(Settings.All.Where(x => x.Choices.Count > 0).Select(x =>
            $"    --{x.Option}) COMPREPLY=($(compgen -W '{string.Join(' ', x.Choices)}' -- \"$word\")); return ;;\n"));
        return $$"""
            _beacon() {
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
              case "$before" in
                --data-dir) COMPREPLY=($(compgen -d -- "$word")); return ;;
                --config) COMPREPLY=($(compgen -f -- "$word")); return ;;
                completion) COMPREPLY=($(compgen -W '{{string.Join(' ', Shells)}}' -- "$word")); return ;;
                config) COMPREPLY=($(compgen -W 'print check' -- "$word")); return ;;
                browse) COMPREPLY=($(compgen -W '{{Types}} --json --follow --timeout' -- "$word")); return ;;
            {{choices}}  esac
              if [[ $word == -* ]]; then
                COMPREPLY=($(compgen -W '{{Options}}' -- "$word"))
              elif [[ $COMP_CWORD -eq 1 ]]; then
                COMPREPLY=($(compgen -W '{{Verbs}}' -- "$word"))
              fi
            }
            complete -F _beacon beacon

            """;
    }

    private static string Fish()
    {
        var verbs = Verb.All.Select(x => $"complete -c beacon -f -n __fish_use_subcommand -a {x.Name} -d '{Quoted(x.Summary)}'");
        var options = Settings.All.Select(x =>
            $"complete -c beacon -l {x.Option} -r -d '{Quoted(x.Help)}'" + (x.Choices.Count > 0 ? $" -a '{string.Join(' ', x.Choices)}'" : ""));
        var flags = Verb.All.SelectMany(verb => verb.Options.Select(x =>
            $"complete -c beacon -n '__fish_seen_subcommand_from {verb.Name}' -l {x.Name}{(x.Form is null ? "" : " -r")} -d '{Quoted(x.Help)}'"));
        return string.Join('\n', verbs.Concat(options).Concat(flags)
            .Append($"complete -c beacon -n '__fish_seen_subcommand_from browse' -f -a '{Types}'")
            .Append("complete -c beacon -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'")
            .Append("complete -c beacon -n '__fish_seen_subcommand_from config' -a 'print check'")) + "\n";
    }

    private static string Quoted(string text) => text.Replace("'", "\\'", StringComparison.Ordinal);
}
