using System.Collections;
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
            System.Console.Error.WriteLine("beacon: \"beacon --help\" lists what there is");
            return ExitCode.Usage;
        }

        if (line.Verb == Verb.Help)
        {
            System.Console.Out.Write(HelpText.Write());
            return ExitCode.Ok;
        }

        if (line.Verb == Verb.Version)
        {
            System.Console.Out.WriteLine(line.Json ? $$"""{"name":"beacon","version":"{{BeaconVersion.Full}}"}""" : $"beacon {BeaconVersion.Full}");
            return ExitCode.Ok;
        }

        if (line.Verb == Verb.Config && line.Words is not ([] or ["print"] or ["check"]))
        {
            Complain("say \"config print\" or \"config check\"");
            return ExitCode.Usage;
        }

        return line.Verb == Verb.Completion ? Complete(line) : await ConfiguredAsync(line);
    }

    private static ExitCode Complete(CommandLine line)
    {
        if (CompletionScript.For(line.Words.FirstOrDefault() ?? "") is { } script)
        {
            System.Console.Out.Write(script);
            return ExitCode.Ok;
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
            System.Console.Out.Write(ConfigPrinter.Write(values, options));
        }

        foreach (var problem in values.Problems)
        {
            Complain(problem);
        }

        if (values.Problems.Count > 0)
        {
            return ExitCode.Configuration;
        }

        if (line.Verb == Verb.Config)
        {
            return ExitCode.Ok;
        }

        if (line.Verb == Verb.Browse || line.Verb == Verb.Resolve)
        {
            return await Browse.BrowseCommand.RunAsync(line, options, environment);
        }

        if (line.Verb == Verb.Migrate)
        {
            return await Migrate.MigrateCommand.RunAsync(line, options);
        }

        return line.Verb == Verb.HealthCheck
            ? HealthProbe.Run(options)
            : await Composition.Appliance.RunAsync(options with { InForce = SettingInForce.All(values, options) }, values.Warnings, environment);
    }

    private static Dictionary<string, string> EnvironmentVariables()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    private static void Complain(string problem) => System.Console.Error.WriteLine($"beacon: {problem}");
}
