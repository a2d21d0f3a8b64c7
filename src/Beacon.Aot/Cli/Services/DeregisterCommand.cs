using System.Net;
using Beacon.Aot.Cli.Client;

namespace Beacon.Aot.Cli.Services;

/// <summary><c>beacon deregister</c>. One that is unknown does not keep the others.</summary>
internal static class DeregisterCommand
{
    public static async Task<ExitCode> RunAsync(CommandContext context)
    {
        using var api = await BeaconApi.OpenAsync(context);
        var result = ExitCode.Ok;
        foreach (var id in await ServiceWords.IdsAsync(api, context))
        {
            var reply = await api.SendAsync(HttpMethod.Delete, $"services/{id}", null, context.Stopping);
            if (reply.Status == HttpStatusCode.NotFound)
            {
                context.Terminal.Complain($"{id} is unknown");
                result = ExitCode.Failed;
                continue;
            }

            using var json = reply.Parse();
            if (context.Line.Json)
            {
                context.Terminal.Out.WriteLine(reply.Text());
            }
            else
            {
                context.Terminal.Remark($"deregistered {json.RootElement.GetProperty("service_name")}");
            }
        }

        await context.Terminal.Out.FlushAsync();
        return result;
    }
}
