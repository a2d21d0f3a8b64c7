namespace Beacon.Native.Tests.Hardships;

/// <summary>
/// What clients may rely on at one moment: each service is as its last answered request made it, or as the one under way is to make it.
/// </summary>
/// <param name="answers">Positions of each client's answers, in the order of its requests.</param>
internal sealed class Promise(TracedClient[] clients, int[][] answers, int position, int seed)
{
    /// <param name="actual">Content of each service by name.</param>
    public IEnumerable<string> Problems(Dictionary<string, string> actual)
    {
        var sent = new HashSet<string>();
        foreach (var (client, mine) in clients.Zip(answers))
        {
            var count = mine.Count(x => x < position);
            var promised = client.Steps.Take(count).GroupBy(x => x.Name).ToDictionary(x => x.Key, x => x.Last().Content);
            var underWay = client.Steps.Skip(count).Take(1).ToDictionary(x => x.Name, x => x.Content);
            sent.UnionWith(promised.Keys.Union(underWay.Keys));
            foreach (var name in promised.Keys.Union(underWay.Keys))
            {
                var found = actual.GetValueOrDefault(name);
                var was = promised.GetValueOrDefault(name);
                if (found != was && !(underWay.TryGetValue(name, out var next) && found == next))
                {
                    yield return $"{name} is {found ?? "gone"}, promised was {was ?? "gone"}, {this}";
                }
            }
        }

        foreach (var name in actual.Keys.Except(sent))
        {
            yield return $"{name} was never sent, {this}";
        }
    }

    public override string ToString() => $"cut after {position} events, seed {seed}";
}
