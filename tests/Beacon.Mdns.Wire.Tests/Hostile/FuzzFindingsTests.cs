using Beacon.Fuzz.Targets;
using Beacon.Mdns.Wire.Tests.Support;
using Beacon.Testing;

namespace Beacon.Mdns.Wire.Tests.Hostile;

/// <summary>What fuzzing found in the codec, and the fuzzer's own checks on everything kept.</summary>
public class FuzzFindingsTests(ITestOutputHelper output)
{
    private const int Rounds = 5_000;

    private readonly ReaderTarget _target = new();

    public static TheoryData<string> Packets => [.. CorpusFiles.Names];

    // Bytes nobody checked, whose pointer leads back to their own first label, gave one label more than a name holds.
    [Theory]
    [InlineData("01'a' c000")]
    [InlineData("02'ab' 01'a' c000")]
    [InlineData("01'a' 01'b' 01'c' c000 00")]
    public void Labels_that_run_in_a_circle_end_where_the_longest_name_ends(string bytes)
    {
        var (labels, length) = (0, 1);
        foreach (var label in WireName.Labels(Hex.Parse(bytes)))
        {
            labels++;
            length += label.Length + 1;
        }

        Assert.InRange(labels, 1, DnsLimits.Labels);
        Assert.InRange(length, 1, DnsLimits.NameLength);
    }

    [Theory]
    [MemberData(nameof(Packets))]
    public void Captured_packets_keep_every_invariant_of_the_fuzzer(string name) => _target.Run(CorpusFiles.Read(name));

    [Fact]
    public void Known_anti_patterns_keep_every_invariant_of_the_fuzzer() => Assert.All(BadPackets.All(), packet => _target.Run(packet));

    [Fact]
    public void Inputs_kept_of_long_runs_keep_every_invariant_of_the_fuzzer() =>
        Assert.All(KeptInputs.Of("reader"), input => _target.Run(input));

    [Fact]
    public void Captured_packets_with_random_damage_keep_every_invariant_of_the_fuzzer()
    {
        var random = new Random(Seeds.Next(output.WriteLine));
        var packets = CorpusFiles.Names.Select(CorpusFiles.Read).Concat(BadPackets.All()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            _target.Run(Damage.Random(random, packets));
        }
    }
}
