using Beacon.Fuzz.Targets;
using Beacon.Testing;

namespace Beacon.Mdns.Tests.Hostile;

/// <summary>The fuzzer's checks of the whole engine on its first inputs and on random scripts: a fault shows here before anybody fuzzes.</summary>
public sealed class FuzzTargetTests(ITestOutputHelper output)
{
    private const int Rounds = 500;

    private readonly EngineTarget _target = new();

    public static TheoryData<string> Packets => [.. CorpusFiles.Names];

    [Theory]
    [MemberData(nameof(Packets))]
    public void A_captured_packet_among_ordinary_life_keeps_every_invariant(string name) =>
        _target.Run(ScriptSeeds.Around(CorpusFiles.Read(name)));

    [Fact]
    public void Scripts_of_ordinary_trouble_keep_every_invariant() => Assert.All(ScriptSeeds.All(), script => _target.Run(script));

    [Fact]
    public void Known_anti_patterns_keep_every_invariant() =>
        Assert.All(BadPackets.All(), packet => _target.Run(ScriptSeeds.Around(packet)));

    [Fact]
    public void Inputs_kept_of_long_runs_keep_every_invariant() => Assert.All(KeptInputs.Of("engine"), script => _target.Run(script));

    [Fact]
    public void Random_scripts_keep_every_invariant()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var scripts = CorpusFiles.Names.Select(CorpusFiles.Read).Concat(BadPackets.All()).Select(ScriptSeeds.Around)
            .Concat(ScriptSeeds.All()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            _target.Run(Damage.Random(random, scripts));
        }
    }
}
