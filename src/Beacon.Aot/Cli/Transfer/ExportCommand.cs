using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Transfer;

/// <summary><c>beacon export</c>: all services as they were at one instant.</summary>
internal static class ExportCommand
{
    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        if (context.Line.Words is not [var path] || path == "-")
        {
            await WriteAsync(context, api, context.Terminal.Out);
            return ExitCode.Ok;
        }

        var file = new FinishedFile(path, context.Line.Has(VerbOption.Force));
        var count = await file.WriteAsync(async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            return await WriteAsync(context, api, writer);
        });
        context.Terminal.Complain($"{count} services exported to {path}");
        return ExitCode.Ok;
    }

    private static async Task<int> WriteAsync(CommandContext context, BeaconApi api, TextWriter output)
    {
        var count = 0;
        await output.WriteLineAsync(TransferFormat.Head(context.Time.GetUtcNow(), api.Address));
        await foreach (var line in api.ReadLinesAsync("services", context.Stopping))
        {
            await output.WriteLineAsync(line);
            count++;
        }

        await output.WriteLineAsync(TransferFormat.Foot(count));
        await output.FlushAsync();
        return count;
    }
}
