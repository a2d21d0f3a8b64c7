using System.Collections;
using Beacon.Aot.Cli.Backup;
using Beacon.Aot.Cli.Browse;
using Beacon.Aot.Cli.Help;
using Beacon.Aot.Cli.Licenses;
using Beacon.Aot.Cli.Migrate;
using Beacon.Aot.Cli.Services;
using Beacon.Aot.Cli.Status;
using Beacon.Aot.Cli.Transfer;
using Beacon.Aot.Composition;
using Beacon.Aot.Configuration;

namespace Beacon.Aot.Cli;

/// <summary>Runs what was typed and says how it ended. Data goes to standard output, talk to standard error.</summary>
internal static class Commands
{
    public static async Task<ExitCode> RunAsync(string[] arguments)
    {
        var line = CommandLine.Parse(arguments);
        if (line.Problem is not null)
        {
            Complain(line.Problem);
            Console.Error.WriteLine(
                line.Verb == Verb.Help ? "beacon: \"beacon --help\" lists what there is" : $"beacon: \"beacon {line.Verb.Name} --help\" lists what there is");
            return ExitCode.Usage;
        }

        if (line.Verb == Verb.Config && line.Words is not ([] or ["print"] or ["check"]))
        {
            Complain("say \"config print\" or \"config check\"");
            return ExitCode.Usage;
        }

        return Print(line) ?? await ConfiguredAsync(line);
    }

    /// <summary>What needs no settings; null when it is another command.</summary>
    private static ExitCode? Print(CommandLine line)
    {
        var text = line.Verb switch
        {
            _ when line.Verb == Verb.Help => line.Words is [var word] ? HelpText.Write(Verb.Find(word)!) : HelpText.Write(),
            _ when line.Verb == Verb.Version =>
                line.Json ? $$"""{"name":"beacon","version":"{{BeaconVersion.Full}}"}""" + "\n" : $"beacon {BeaconVersion.Full}\n",
            _ when line.Verb == Verb.Manual => ManualPage.Write(),
            _ when line.Verb == Verb.Completion => CompletionScript.For(line.Words.FirstOrDefault() ?? ""),
            _ => null,
        };
        if (text is not null)
        {
            Console.Out.Write(text);
            return ExitCode.Ok;
        }

        if (line.Verb != Verb.Completion)
        {
            return null;
        }

        Complain($"name a shell: {string.Join(", ", CompletionScript.Shells)}");
        return ExitCode.Usage;
    }

    private static async Task<ExitCode> ConfiguredAsync(CommandLine line)
    {
        var environment = EnvironmentVariables();
        var values = SettingValues.Gather(line.Options, line.File, environment);
        var options = new OptionsReader(values, environment).Read();
        if (line.Verb == Verb.Config && line.Words.FirstOrDefault() != "check")
        {
            Console.Out.Write(ConfigPrinter.Write(values, options));
        }

        values.Problems.ForEach(Complain);
        if (values.Problems.Count > 0)
        {
            return ExitCode.Configuration;
        }

        if (line.Verb == Verb.Serve)
        {
            return await Appliance.RunAsync(options with { InForce = SettingInForce.All(values, options) }, values.Warnings, environment);
        }

        return CommandOf(line.Verb) is { } command
            ? await CommandContext.RunAsync(line, options, environment, command)
            : line.Verb == Verb.HealthCheck ? HealthProbe.Run(options)
            : line.Verb == Verb.Migrate ? await MigrateCommand.RunAsync(line, options)
            : line.Verb == Verb.Config ? ExitCode.Ok
            : await BrowseCommand.RunAsync(line, options, environment);
    }

    private static Func<CommandContext, Task<ExitCode>>? CommandOf(Verb verb) => verb switch
    {
        _ when verb == Verb.Register => RegisterCommand.RunAsync,
        _ when verb == Verb.Heartbeat => HeartbeatCommand.RunAsync,
        _ when verb == Verb.List => ListCommand.RunAsync,
        _ when verb == Verb.Show => ShowCommand.RunAsync,
        _ when verb == Verb.Watch => WatchCommand.RunAsync,
        _ when verb == Verb.Deregister => DeregisterCommand.RunAsync,
        _ when verb == Verb.Status => StatusCommand.RunAsync,
        _ when verb == Verb.Export => ExportCommand.RunAsync,
        _ when verb == Verb.Import => ImportCommand.RunAsync,
        _ when verb == Verb.Backup => BackupCommand.BackUpAsync,
        _ when verb == Verb.Restore => BackupCommand.RestoreAsync,
        _ when verb == Verb.Licenses => LicensesCommand.RunAsync,
        _ => null,
    };

    private static Dictionary<string, string> EnvironmentVariables()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    private static void Complain(string problem) => Console.Error.WriteLine($"beacon: {problem}");
}
