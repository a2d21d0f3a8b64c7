using Beacon.Fuzz.Targets;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Hostile;

/// <summary>The fuzzer's checks of the querier on its first inputs and on random scripts.</summary>
public sealed class QuerierFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 1000;

    private readonly QuerierTarget _target = new();

    private static IEnumerable<byte[]> Scripts => CorpusFiles.Names.Select(CorpusFiles.Read).Concat(BadPackets.All()).Select(ScriptSeeds.Around)
        .Concat(ScriptSeeds.All()).SelectMany(QuerierTarget.ForEachTarget);

    [Fact]
    public void Captured_packets_anti_patterns_and_ordinary_trouble_keep_every_invariant() => Assert.All(Scripts, script => _target.Run(script));

    [Fact]
    public void Inputs_kept_of_long_runs_keep_every_invariant() => Assert.All(KeptInputs.Of("querier"), script => _target.Run(script));

    [Fact]
    public void Random_scripts_keep_every_invariant()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var scripts = Scripts.ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            _target.Run(Damage.Random(random, scripts));
        }
    }
}
