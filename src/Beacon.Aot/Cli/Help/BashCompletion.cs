using System.Text;

namespace Beacon.Aot.Cli.Help;

/// <summary>For bash 4 and later.</summary>
internal static class BashCompletion
{
    public static string Write()
    {
        var script = new StringBuilder();
        script.Append(
            """
            _beacon() {
              local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" verb=serve options="" words="" i
              local IFS=$' \t\n'
              for ((i = 1; i < COMP_CWORD; i++)); do
                case "${COMP_WORDS[i]}" in
                  --) compopt -o default 2>/dev/null; return ;;
                  -*) ;;
                  *) ((i == 1)) && verb="${COMP_WORDS[i]}" ;;
                esac
              done
              case "$before" in
                --data-dir) COMPREPLY=($(compgen -d -- "$word")); return ;;
                --config | --mongodb-ca-file) COMPREPLY=($(compgen -f -- "$word")); return ;;

            """);
        foreach (var option in Verb.All.SelectMany(CompletionScript.OptionsOf).Where(x => x.Choices.Count > 0).DistinctBy(x => x.Name))
        {
            script.Append($"    --{option.Name}) COMPREPLY=($(compgen -W '{string.Join(' ', option.Choices)}' -- \"$word\")); return ;;\n");
        }

        script.Append("  esac\n  case \"$verb\" in\n");
        foreach (var verb in Verb.All)
        {
            script.Append($"    {verb.Name}{(verb.Alias is null ? "" : $" | {verb.Alias}")})\n");
            script.Append($"      options='{string.Join(' ', CompletionScript.OptionsOf(verb).Select(x => "--" + x.Name))}'\n");
            script.Append(Words(verb));
            script.Append("      ;;\n");
        }

        script.Append(
            $$"""
              esac
              if [[ $word == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$word"))
              elif ((COMP_CWORD == 1)); then
                COMPREPLY=($(compgen -W '{{string.Join(' ', Verb.All.Select(x => x.Name))}}' -- "$word"))
              elif [[ $words == @files ]]; then
                compopt -o filenames 2>/dev/null
                COMPREPLY=($(compgen -f -- "$word"))
              elif [[ $words == @services ]]; then
                IFS=$'\n'
                COMPREPLY=($(compgen -W "$({{CompletionScript.ListNames}})" -- "$word"))
                COMPREPLY=("${COMPREPLY[@]// /\\ }")
              else
                COMPREPLY=($(compgen -W "$words" -- "$word"))
              fi
            }
            complete -F _beacon beacon

            """);
        return script.ToString();
    }

    private static string Words(Verb verb) => CompletionScript.KindOf(verb) switch
    {
        WordKind.Choice => $"      words='{string.Join(' ', verb.Choices)}'\n",
        WordKind.Type => $"      words='{string.Join(' ', CompletionScript.Types)}'\n",
        WordKind.Command => $"      words='{string.Join(' ', Verb.All.Select(x => x.Name))}'\n",
        WordKind.File => "      words=@files\n",
        WordKind.Service => "      words=@services\n",
        _ => "",
    };
}
