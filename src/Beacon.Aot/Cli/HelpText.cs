using System.Text;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>What <c>beacon --help</c> prints.</summary>
internal static class HelpText
{
    private const int Column = 34;

    public static string Write()
    {
        var text = new StringBuilder();
        text.Append(
            """
            Beacon: a service registry for the home network. Anything that can send one HTTP request
            registers; every device finds it by mDNS until its lease ends.

            Usage: beacon [COMMAND] [OPTIONS]

            Commands:

            """);
        foreach (var verb in Verb.All)
        {
            Row(text, verb.Form, verb.Summary);
        }

        text.Append("\nOptions of some commands:\n");
        foreach (var option in VerbOption.All)
        {
            Row(text, option.Form is null ? $"--{option.Name}" : $"--{option.Name} {option.Form}", option.Help);
        }

        text.Append("\nOptions, each also an environment variable and a member of beacon.json (with _ for -):\n");
        foreach (var setting in Settings.All)
        {
            var standard = setting.Default.Length > 0 ? $" [{setting.Default}]" : "";
            Row(text, $"--{setting.Option} {setting.Form}", $"{setting.Help}{standard} ({setting.Variable})");
        }

        Row(text, "--config FILE", "Configuration file [DATA_DIR/beacon.json, then /etc/beacon/beacon.json]");
        text.Append(
            """

            The command line wins over the environment, the environment over the file.

            Examples:
              beacon --port 8080 --data-dir /var/lib/beacon
              beacon browse
              beacon resolve "Office Printer._ipp._tcp"
              curl -X POST localhost:8080/api/v1/services/register -d '{"name":"printer","host":"192.168.1.50","port":631}'
            """);
        return text.Append('\n').ToString();
    }

    private static void Row(StringBuilder text, string left, string right)
    {
        text.Append("  ").Append(left.PadRight(Column - 2));
        if (left.Length > Column - 4)
        {
            text.Append('\n').Append(' ', Column);
        }

        text.Append(right).Append('\n');
    }
}
