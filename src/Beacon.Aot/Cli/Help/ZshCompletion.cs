using System.Text;

namespace Beacon.Aot.Cli.Help;

/// <summary>For zsh 5 with its own completion system (compinit).</summary>
internal static class ZshCompletion
{
    public static string Write()
    {
        var script = new StringBuilder();
        script.Append("#compdef beacon\n\n_beacon() {\n  local -a commands\n  commands=(\n");
        foreach (var verb in Verb.All)
        {
            script.Append($"    '{verb.Name}:{Quoted(verb.Summary.Replace(":", "\\:", StringComparison.Ordinal))}'\n");
        }

        script.Append(
            """
              )
              if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
                _describe -t commands command commands
                return
              fi
              local verb=serve
              if [[ $words[2] != -* ]]; then
                verb=$words[2]
                shift words
                ((CURRENT--))
              fi
              case $verb in

            """);
        foreach (var verb in Verb.All)
        {
            script.Append($"    {verb.Name}{(verb.Alias is null ? "" : $"|{verb.Alias}")})\n      _arguments \\\n");
            foreach (var option in CompletionScript.OptionsOf(verb))
            {
                script.Append($"        '*--{option.Name}[{Bracketed(option.Help)}]{Value(option)}' \\\n");
            }

            script.Append($"        {Words(verb)}\n      ;;\n");
        }

        script.Append("  esac\n}\n\n_beacon_services() {\n  local -a names\n  names=(${(f)\"$(" + CompletionScript.ListNames + ")\"})\n  compadd -a names\n}\n\n");
        script.Append("# In a file of $fpath it is called by its name, in one that is read it is made known.\n");
        script.Append("if [[ ${funcstack[1]} == _beacon ]]; then _beacon \"$@\"; else compdef _beacon beacon; fi\n");
        return script.ToString();
    }

    private static string Value((string Name, string? Form, string Help, IReadOnlyList<string> Choices) option) => option switch
    {
        { Form: null } => "",
        { Choices.Count: > 0 } => $":value:({string.Join(' ', option.Choices)})",
        { Name: "data-dir" } => ":directory:_files -/",
        { Name: "config" or "mongodb-ca-file" } => ":file:_files",
        _ => ":" + Quoted(option.Form.Replace(":", "", StringComparison.Ordinal)) + ": ",
    };

    private static string Words(Verb verb) => CompletionScript.KindOf(verb) switch
    {
        WordKind.Choice => $"'1:word:({string.Join(' ', verb.Choices)})'",
        WordKind.Type => $"'1:type:({string.Join(' ', CompletionScript.Types)})'",
        WordKind.Command => $"'1:command:({string.Join(' ', Verb.All.Select(x => x.Name))})'",
        WordKind.File => "'1:file:_files'",
        WordKind.Service => "'*:service:_beacon_services'",
        _ when verb.TakesCommand => "'1:name: ' '*::command:_normal'",
        _ => "'*: :'",
    };

    private static string Bracketed(string text) =>
        Quoted(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal));

    private static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);
}
