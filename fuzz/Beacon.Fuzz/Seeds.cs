using System.Globalization;
using Beacon.Fuzz.Targets;

namespace Beacon.Fuzz;

/// <summary>
/// The first inputs: captured packets, the mistakes RFC 9267 warns of, for the engine and the querier short scripts around them, and what was kept of long
/// runs.
/// </summary>
internal static class Seeds
{
    public static int Write(string target, string folder, string corpus)
    {
        Directory.CreateDirectory(folder);
        var packets = Directory.GetFiles(corpus, "*.bin").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Concat(BadPackets.All()).ToList();
        var inputs = target == FuzzTargets.Reader ? packets : packets.Select(ScriptSeeds.Around).Concat(ScriptSeeds.All());
        inputs = target == FuzzTargets.Querier ? inputs.SelectMany(QuerierTarget.ForEachTarget) : inputs;
        inputs = inputs.Concat(KeptInputs.Of(target));
        var count = 0;
        foreach (var input in inputs)
        {
            File.WriteAllBytes(Path.Combine(folder, count++.ToString("D3", CultureInfo.InvariantCulture) + ".bin"), input);
        }

        Console.WriteLine($"{count} seeds");
        return 0;
    }
}
