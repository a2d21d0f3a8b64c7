using Beacon.Aot.Cli.Client;
using Beacon.Registry.Services;

namespace Beacon.Aot.Cli.Services;

/// <summary>Turns what was typed for a service, an id or a name, into its id.</summary>
internal static class ServiceWords
{
    /// <summary>So many services of one name are listed before it gets too long.</summary>
    private const int MostShown = 10;

    public static async Task<IReadOnlyList<string>> IdsAsync(BeaconApi api, CommandContext context)
    {
        if (context.Line.Words.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, $"say which service: its id, or its name (\"beacon {context.Line.Verb.Form}\")");
        }

        var ids = new List<string>();
        foreach (var word in context.Line.Words)
        {
            ids.Add(await IdAsync(api, word, context.Stopping));
        }

        return ids;
    }

    /// <exception cref="CommandException">Nobody has that name, or several have.</exception>
    public static async Task<string> IdAsync(BeaconApi api, string word, CancellationToken cancellationToken)
    {
        if (ServiceId.TryParse(word, out var id))
        {
            return id.ToString();
        }

        var named = new List<(string Id, string Address)>();
        foreach (var status in new[] { "", "&status=expired" })
        {
            var reply = await api.SendAsync(HttpMethod.Get, $"services?limit=100&name={Uri.EscapeDataString(word)}{status}", null, cancellationToken);
            using var page = reply.Parse();
            named.AddRange(page.RootElement.GetProperty("services").EnumerateArray().Select(x => (new ServiceLine(x).Id, new ServiceLine(x).Address)));
            if (named.Count > 0)
            {
                break;
            }
        }

        return named switch
        {
            [] => throw new CommandException(ExitCode.Failed, $"no service is named \"{word}\"; \"beacon list\" shows what there is"),
            [var (only, _)] => only,
            _ => throw new CommandException(
                ExitCode.Failed,
                $"{named.Count} services are named \"{word}\", name one by its id:" + string.Concat(named.Take(MostShown).Select(x => $"\n  {x.Id}  {x.Address}"))),
        };
    }
}
