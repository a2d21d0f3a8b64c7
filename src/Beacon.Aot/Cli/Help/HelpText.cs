using System.Text;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli.Help;

/// <summary>What <c>beacon --help</c> and <c>beacon COMMAND --help</c> print.</summary>
internal static class HelpText
{
    public const string Introduction = "Beacon: a service registry for the home network. Anything that can send one HTTP request registers; every device finds it by mDNS until its lease ends.";

    private const int Column = 34;
    private const int Width = 100;

    /// <summary>All commands.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        Paragraph(text, Introduction, "");
        text.Append("\nUsage: beacon [COMMAND] [OPTIONS]\n\nCommands:\n");
        foreach (var verb in Verb.All)
        {
            Row(text, verb.Form, verb.Summary);
        }

        text.Append(
            """

            "beacon COMMAND --help" has the options of a command, "beacon serve --help" all settings.

            Examples:
              beacon --port 8080 --data-dir /var/lib/beacon
              beacon register 'office printer' --host 192.168.1.50 --port 631 --type ipp
              beacon list
              beacon browse
              curl -X POST localhost:8080/api/v1/services/register -d '{"name":"printer","host":"192.168.1.50","port":631}'
            """);
        return text.Append('\n').ToString();
    }

    /// <summary>One command.</summary>
    public static string Write(Verb verb)
    {
        var text = new StringBuilder();
        Paragraph(text, verb.Summary + ".", "");
        text.Append("\nUsage: beacon ").Append(verb.Form).Append(verb.Options.Count + verb.Settings.Count > 0 ? " [OPTIONS]" : "")
            .Append(verb.TakesCommand ? " [-- COMMAND…]" : "").Append('\n');
        if (verb.Alias is not null)
        {
            text.Append("   or: beacon ").Append(verb.Alias).Append('\n');
        }

        if (verb.Details.Length > 0)
        {
            Paragraph(text.Append('\n'), verb.Details, "");
        }

        if (verb.Options.Count > 0)
        {
            text.Append("\nOptions:\n");
            foreach (var option in verb.Options)
            {
                Row(text, option.Form is null ? $"--{option.Name}" : $"--{option.Name} {option.Form}", option.Help);
            }
        }

        Settings(text, verb);
        if (verb.Examples.Count > 0)
        {
            text.Append("\nExamples:\n");
            foreach (var example in verb.Examples)
            {
                text.Append("  ").Append(example.Command).Append(example.Remark.Length > 0 ? $"    # {example.Remark}" : "").Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Settings(StringBuilder text, Verb verb)
    {
        if (verb.Settings.Count == 0)
        {
            return;
        }

        text.Append("\nSettings, each also an environment variable and a member of beacon.json (with _ for -):\n");
        foreach (var setting in verb.Settings)
        {
            Row(text, $"--{setting.Option} {setting.Form}", SettingText(setting));
        }

        Row(text, "--config FILE", "Configuration file [DATA_DIR/beacon.json, then /etc/beacon/beacon.json]");
        text.Append("\nThe command line wins over the environment, the environment over the file.\n");
    }

    public static string SettingText(Setting setting) =>
        $"{setting.Help}{(setting.Default.Length > 0 ? $" [{setting.Default}]" : "")} ({setting.Variable})";

    private static void Row(StringBuilder text, string left, string right)
    {
        text.Append("  ").Append(left.PadRight(Column - 2));
        if (left.Length > Column - 4)
        {
            text.Append('\n').Append(' ', Column);
        }

        Paragraph(text, right, new string(' ', Column));
    }

    /// <summary>Wrapped, from where the line stands now.</summary>
    private static void Paragraph(StringBuilder text, string paragraph, string indent)
    {
        var length = indent.Length;
        foreach (var word in paragraph.Split(' '))
        {
            if (length > indent.Length && length + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent);
                length = indent.Length;
            }
            else if (length > indent.Length)
            {
                text.Append(' ');
                length++;
            }

            text.Append(word);
            length += word.Length;
        }

        text.Append('\n');
    }
}
