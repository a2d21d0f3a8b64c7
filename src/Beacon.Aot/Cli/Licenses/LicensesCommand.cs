namespace Beacon.Aot.Cli.Licenses;

/// <summary><c>beacon licenses</c>: the list that the build makes of everything that is in the program.</summary>
internal static class LicensesCommand
{
    private const string Resource = "licenses.txt";

    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        await using var list = typeof(LicensesCommand).Assembly.GetManifestResourceStream(Resource)
            ?? throw new CommandException(ExitCode.Failed, "this build has no list of licences");
        using var reader = new StreamReader(list);
        await context.Terminal.Out.WriteAsync(await reader.ReadToEndAsync(context.Stopping));
        await context.Terminal.Out.FlushAsync();
        return ExitCode.Ok;
    }
}
