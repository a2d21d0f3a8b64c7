using System.Text.Json;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon list</c>: all services that match, as they were at one instant.</summary>
internal static class ListCommand
{
    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        var lines = api.ReadLinesAsync("services" + FilterQuery.Of(context.Line), context.Stopping);
        if (context.Line.Json)
        {
            await foreach (var line in lines)
            {
                await context.Terminal.Out.WriteLineAsync(line);
            }

            await context.Terminal.Out.FlushAsync();
            return ExitCode.Ok;
        }

        var terminal = context.Terminal;
        var table = new Table(terminal, "NAME", "TYPE", "ADDRESS", "STATUS", "LEASE", "TAGS", "ID");
        var now = context.Time.GetUtcNow();
        var count = 0;
        await foreach (var line in lines)
        {
            using var json = JsonDocument.Parse(line);
            var service = new ServiceLine(json.RootElement);
            table.Add(
                service.Name, service.Type, service.Address, new(service.Status, x => ServiceLine.Paint(terminal, x)), service.Lease(now), service.Tags,
                new(service.Id, terminal.Dim));
            count++;
        }

        if (count == 0)
        {
            terminal.Complain("nothing is registered that matches");
            return ExitCode.Ok;
        }

        table.Write();
        await terminal.Out.FlushAsync();
        return ExitCode.Ok;
    }
}
