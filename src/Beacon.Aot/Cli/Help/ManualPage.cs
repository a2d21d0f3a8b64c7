using System.Text;
using Beacon.Aot.Cli.Client;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli.Help;

/// <summary><c>beacon man</c>: the manual page, in the language of man(7), from the same tables as the help.</summary>
internal static class ManualPage
{
    private static readonly (ExitCode Code, string Meaning)[] Codes =
    [
        (ExitCode.Ok, "done; stopped as asked"),
        (ExitCode.Failed, "not well, not found, not known; or a part of the registry failed"),
        (ExitCode.Usage, "an unknown command or option, or a word that is missing"),
        (ExitCode.Refused, "Beacon refused what was asked, or a file holds what it should not"),
        (ExitCode.NoInput, "a file that was named cannot be read"),
        (ExitCode.Unavailable, "no Beacon was found, or it does not answer; serve: the port is taken, or the address is not this machine's"),
        (ExitCode.NoInterface, "no such interface, or none is fit for mDNS"),
        (ExitCode.CannotWriteData, "the data directory, or a file that was to be made, cannot be written"),
        (ExitCode.UnusableData, "the disk is full, or the database is not one this version can use"),
        (ExitCode.DataInUse, "another Beacon uses the data directory"),
        (ExitCode.Configuration, "a setting is wrong; every wrong one is named"),
        (ExitCode.NoCommand, "register: the command could not be started"),
    ];

    public static string Write()
    {
        var page = new StringBuilder();
        page.Append($".TH BEACON 1 \"\" \"Beacon {BeaconVersion.Short}\" \"User Commands\"\n.SH NAME\nbeacon \\- service registry for the home network\n");
        page.Append(".SH SYNOPSIS\n.B beacon\n[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]\n.SH DESCRIPTION\n").Append(Escaped(HelpText.Introduction)).Append("\n.SH COMMANDS\n");
        foreach (var verb in Verb.All)
        {
            Command(page, verb);
        }

        page.Append(".SH SETTINGS\nEach is an option of the commands that name it above and of \\fBserve\\fR, an environment variable, and a member of the configuration file with _ for \\-. The command line wins over the environment, the environment over the file.\n");
        foreach (var setting in Settings.All)
        {
            page.Append($".TP\n\\fB\\-\\-{Dashes(setting.Option)}\\fR \\fI{Escaped(setting.Form)}\\fR\n{Escaped(HelpText.SettingText(setting))}\n");
        }

        page.Append($".SH ENVIRONMENT\nThe variables of the settings, and\n.TP\n.B {BeaconFinder.Variable}\nThe Beacon that commands talk to.\n.TP\n.B NO_COLOR\nNo colours, even on a terminal.\n");
        page.Append(".SH FILES\n.TP\n.I /etc/beacon/beacon.json\nConfiguration, when the data directory holds no beacon.json.\n.TP\n.I DATA_DIR/beacon.db\nServices, history, event log.\n.SH EXIT STATUS\n");
        foreach (var (code, meaning) in Codes)
        {
            page.Append($".TP\n.B {(int)code}\n{Escaped(meaning)}\n");
        }

        page.Append(".SH SEE ALSO\n.BR avahi\\-browse (1),\n.BR systemd (1)\n");
        return page.ToString();
    }

    private static void Command(StringBuilder page, Verb verb)
    {
        page.Append($".SS \"beacon {Escaped(verb.Form)}\"\n{Escaped(verb.Summary)}.\n");
        if (verb.Details.Length > 0)
        {
            page.Append(Escaped(verb.Details)).Append('\n');
        }

        foreach (var option in verb.Options)
        {
            page.Append($".TP\n\\fB\\-\\-{Dashes(option.Name)}\\fR{(option.Form is null ? "" : $" \\fI{Escaped(option.Form)}\\fR")}\n{Escaped(option.Help)}\n");
        }

        if (verb.Settings.Count > 0 && verb.Settings.Count < Settings.All.Count)
        {
            page.Append(".PP\nSettings: ").AppendJoin(", ", verb.Settings.Select(x => $"\\fB\\-\\-{Dashes(x.Option)}\\fR")).Append(".\n");
        }

        foreach (var example in verb.Examples)
        {
            page.Append($".PP\n.EX\n{Escaped(example.Command)}\n.EE\n");
        }
    }

    private static string Dashes(string text) => text.Replace("-", "\\-", StringComparison.Ordinal);

    /// <summary>A backslash begins a request, as do a dot and a quote at the beginning of a line.</summary>
    private static string Escaped(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
