using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon register</c>, once or for as long as something runs.</summary>
internal static class RegisterCommand
{
    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        var line = context.Line;
        var body = Registration.Read(line);
        if (line.Has(VerbOption.KeepAlive))
        {
            return await KeepAliveAsync(context, body);
        }

        if (line.Command.Count > 0)
        {
            throw new CommandException(ExitCode.Usage, "a command behind \"--\" is run with --keep-alive");
        }

        using var api = await BeaconApi.OpenAsync(context);
        var reply = await api.SendAsync(HttpMethod.Post, "services/register", body, context.Stopping);
        using var json = reply.Parse();
        Announce(context, reply, new ServiceLine(json.RootElement));
        await context.Terminal.Out.FlushAsync();
        return ExitCode.Ok;
    }

    private static void Announce(CommandContext context, ApiReply reply, ServiceLine service)
    {
        if (context.Line.Json)
        {
            context.Terminal.Out.WriteLine(reply.Text());
        }
        else if (context.Terminal.IsOutTerminal)
        {
            context.Terminal.Out.WriteLine($"{service.Name} is registered as {service.Id}, lease {SpanText.Of(service.Ttl)}");
        }
        else
        {
            context.Terminal.Out.WriteLine(service.Id);
        }
    }

    private static async Task<ExitCode> KeepAliveAsync(CommandContext context, byte[] body)
    {
        using var keeper = new LeaseKeeper(context, body);

        // What Beacon refuses must not start; a Beacon that is away may come back while the command runs.
        await keeper.RegisterFirstAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.Stopping);
        var keeping = keeper.RunAsync(end.Token);
        try
        {
            if (context.Line.Command.Count > 0)
            {
                return await ChildCommand.RunAsync(context.Line.Command, context.Stopping);
            }

            await keeping;
            return ExitCode.Ok;
        }
        finally
        {
            await end.CancelAsync();
            await keeping;
            await keeper.DeregisterAsync();
        }
    }
}
