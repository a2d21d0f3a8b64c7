using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>What was typed: a verb, settings, and what is wrong with it.</summary>
internal sealed class CommandLine
{
    public required Verb Verb { get; init; }

    /// <summary>Settings given, by <see cref="Setting.Option"/>.</summary>
    public Dictionary<string, string> Options { get; } = [];

    /// <summary>Words after the verb.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Given with <c>--config</c>.</summary>
    public string? File { get; private set; }

    /// <summary>Options of the verb that were given; the value is empty for those that take none.</summary>
    public Dictionary<VerbOption, string> VerbOptions { get; } = [];

    public bool Json => VerbOptions.ContainsKey(VerbOption.Json);

    /// <summary>A sentence for the user; null when all is well.</summary>
    public string? Problem { get; private set; }

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var first = arguments.Count > 0 && !arguments[0].StartsWith('-') ? arguments[0] : null;
        var verb = first is null ? Verb.Serve : Verb.All.FirstOrDefault(x => x.Name == first || x.Alias == first);
        if (verb is null)
        {
            var nearest = Spelling.Nearest(first!, Verb.All.Select(x => x.Name));
            return new CommandLine
            {
                Verb = Verb.Help,
                Problem = $"{Shown(first!)} is no command of beacon" + (nearest is null ? "" : $"; did you mean \"{nearest}\"?"),
            };
        }

        var line = new CommandLine { Verb = verb };
        for (var i = first is null ? 0 : 1; i < arguments.Count && line.Problem is null; i++)
        {
            if (arguments[i] is "--help" or "-h")
            {
                return new CommandLine { Verb = Verb.Help };
            }

            if (arguments[i] is "--version" or "-V")
            {
                var version = new CommandLine { Verb = Verb.Version };
                if (arguments.Contains("--json"))
                {
                    version.VerbOptions[VerbOption.Json] = "";
                }

                return version;
            }

            line.Take(arguments, ref i);
        }

        return line;
    }

    /// <summary>What was typed may hold a password: neither values nor addresses are repeated.</summary>
    private static string Shown(string argument) =>
        argument.Contains("://", StringComparison.Ordinal) && !argument.Contains('=', StringComparison.Ordinal)
            ? "an address"
            : $"\"{argument.Split('=')[0]}\"";

    private void Take(IReadOnlyList<string> arguments, ref int at)
    {
        var argument = arguments[at];
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            if (argument.StartsWith('-') || Words.Count == Verb.Words)
            {
                Problem = $"{Shown(argument)} is not expected after \"beacon {Verb.Name}\"";
            }

            Words.Add(argument);
            return;
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[2..] : argument[2..equals];
        if (VerbOption.All.FirstOrDefault(x => x.Name == name) is { } option)
        {
            Take(option, equals < 0 ? null : argument[(equals + 1)..], arguments, ref at);
            return;
        }

        if (name != "config" && Settings.All.All(x => x.Option != name))
        {
            var nearest = Spelling.Nearest(name, Settings.All.Select(x => x.Option).Append("config").Concat(Verb.Options.Select(x => x.Name)));
            Problem = $"--{name} is no option of beacon" + (nearest is null ? "" : $"; did you mean --{nearest}?");
            return;
        }

        string? value = null;
        if (equals >= 0)
        {
            value = argument[(equals + 1)..];
        }
        else if (at + 1 < arguments.Count)
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
        if (!Verb.Options.Contains(option))
        {
            Problem = $"--{option.Name} is no option of \"beacon {Verb.Name}\"";
        }
        else if (option.Form is null ? value is not null : value is null && at + 1 == arguments.Count)
        {
            Problem = option.Form is null ? $"--{option.Name} takes no value" : $"--{option.Name} needs a value";
        }
        else
        {
            VerbOptions[option] = option.Form is null ? "" : value ?? arguments[++at];
        }
    }
}
