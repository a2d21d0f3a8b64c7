using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>What was typed: a verb, its options, settings, and what is wrong with it.</summary>
internal sealed class CommandLine
{
    private readonly Dictionary<VerbOption, List<string>> _verbOptions = [];

    public required Verb Verb { get; init; }

    /// <summary>Settings given, by <see cref="Setting.Option"/>.</summary>
    public Dictionary<string, string> Options { get; } = [];

    /// <summary>Words after the verb.</summary>
    public List<string> Words { get; } = [];

    /// <summary>What stands behind <c>--</c>: a command to run. Empty without one.</summary>
    public List<string> Command { get; } = [];

    /// <summary>Given with <c>--config</c>.</summary>
    public string? File { get; private set; }

    public bool Json => Has(VerbOption.Json);

    /// <summary>A sentence for the user; null when all is well.</summary>
    public string? Problem { get; private set; }

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var first = arguments.Count > 0 && !arguments[0].StartsWith('-') ? arguments[0] : null;
        var verb = first is null ? Verb.Serve : Verb.Find(first);
        if (verb is null)
        {
            return Unknown(first!);
        }

        var line = new CommandLine { Verb = verb };
        for (var i = first is null ? 0 : 1; i < arguments.Count && line.Problem is null; i++)
        {
            if (arguments[i] == "--")
            {
                line.TakeCommand(arguments.Skip(i + 1));
                break;
            }

            if (arguments[i] is "--help" or "-h")
            {
                return HelpOn(first is null ? null : verb);
            }

            if (arguments[i] is "--version" or "-V")
            {
                return VersionOf(arguments);
            }

            line.Take(arguments, ref i);
        }

        if (verb == Verb.Help && line.Words is [var about] && Verb.Find(about) is null)
        {
            return Unknown(about);
        }

        return line;
    }

    public bool Has(VerbOption option) => _verbOptions.ContainsKey(option);

    /// <summary>As given last; null when it was not.</summary>
    public string? Value(VerbOption option) => _verbOptions.GetValueOrDefault(option)?[^1];

    /// <summary>Of an option that may be given again.</summary>
    public IReadOnlyList<string> Values(VerbOption option) => _verbOptions.GetValueOrDefault(option) ?? [];

    private static CommandLine Unknown(string word)
    {
        var nearest = Spelling.Nearest(word, Verb.All.Select(x => x.Name));
        return new CommandLine
        {
            Verb = Verb.Help,
            Problem = $"{Shown(word)} is no command of beacon" + (nearest is null ? "" : $"; did you mean \"{nearest}\"?"),
        };
    }

    private static CommandLine HelpOn(Verb? verb)
    {
        var line = new CommandLine { Verb = Verb.Help };
        if (verb is not null && verb != Verb.Help)
        {
            line.Words.Add(verb.Name);
        }

        return line;
    }

    private static CommandLine VersionOf(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine { Verb = Verb.Version };
        if (arguments.Contains("--json"))
        {
            line._verbOptions[VerbOption.Json] = [""];
        }

        return line;
    }

    /// <summary>What was typed may hold a password: neither values nor addresses are repeated.</summary>
    private static string Shown(string argument) =>
        argument.Contains("://", StringComparison.Ordinal) && !argument.Contains('=', StringComparison.Ordinal)
            ? "an address"
            : $"\"{argument.Split('=')[0]}\"";

    private void TakeCommand(IEnumerable<string> command)
    {
        if (!Verb.TakesCommand)
        {
            Problem = $"\"--\" is not expected after \"beacon {Verb.Name}\"";
            return;
        }

        Command.AddRange(command);
        if (Command.Count == 0)
        {
            Problem = "a command is expected behind \"--\"";
        }
    }

    private void Take(IReadOnlyList<string> arguments, ref int at)
    {
        var argument = arguments[at];
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            // A dash alone is a file: standard input or output.
            if ((argument.StartsWith('-') && argument != "-") || Words.Count == Verb.Words)
            {
                Problem = $"{Shown(argument)} is not expected after \"beacon {Verb.Name}\"";
            }

            Words.Add(argument);
            return;
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        var given = equals < 0 ? null : argument[(equals + 1)..];
        if (Verb.Options.FirstOrDefault(x => x.Name == name) is { } option)
        {
            Take(option, given, arguments, ref at);
        }
        else if (name == "config" ? Verb.Settings.Count > 0 : Verb.Settings.Any(x => x.Option == name))
        {
            TakeSetting(name, given, arguments, ref at);
        }
        else
        {
            Problem = NoOption(name);
        }
    }

    private string NoOption(string name)
    {
        var known = Settings.All.Select(x => x.Option).Concat(Verb.All.SelectMany(x => x.Options).Select(x => x.Name)).Append("config");
        if (known.Contains(name))
        {
            return $"--{name} is no option of \"beacon {Verb.Name}\"";
        }

        var nearest = Spelling.Nearest(name, Verb.Settings.Select(x => x.Option).Append("config").Concat(Verb.Options.Select(x => x.Name)));
        return $"--{name} is no option of beacon" + (nearest is null ? "" : $"; did you mean --{nearest}?");
    }

    private void TakeSetting(string name, string? value, IReadOnlyList<string> arguments, ref int at)
    {
        if (value is null && at + 1 < arguments.Count)
        {
            value = arguments[++at];
        }

        if (value is null)
        {
            Problem = $"--{name} needs a value";
        }
        else if (name == "config")
        {
            File = value;
        }
        else
        {
            Options[name] = value;
        }
    }

    private void Take(VerbOption option, string? value, IReadOnlyList<string> arguments, ref int at)
    {
        if (option.Form is null ? value is not null : value is null && at + 1 == arguments.Count)
        {
            Problem = option.Form is null ? $"--{option.Name} takes no value" : $"--{option.Name} needs a value";
            return;
        }

        value = option.Form is null ? "" : value ?? arguments[++at];
        if (option.IsRepeatable && _verbOptions.TryGetValue(option, out var values))
        {
            values.Add(value);
        }
        else
        {
            _verbOptions[option] = [value];
        }
    }
}
