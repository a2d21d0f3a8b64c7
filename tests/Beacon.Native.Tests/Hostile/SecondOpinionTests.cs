using System.Globalization;
using Beacon.Mdns.Wire;
using Beacon.Native.Tests.Lab;
using Beacon.Testing;

namespace Beacon.Native.Tests.Hostile;

/// <summary>
/// What Wireshark's dissector thinks of captured and damaged packets. It forgives much that we refuse, so only one direction is a fault:
/// what we read to the end without a complaint must not be malformed to it.
/// </summary>
public sealed class SecondOpinionTests(ITestOutputHelper output)
{
    private const string Tshark = "/usr/bin/tshark";
    private const int DamagedPerPacket = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Types whose data both check; all other data is bytes to us, and tshark looks into it.</summary>
    private static readonly HashSet<RecordType> Judged =
    [
        RecordType.A, RecordType.Aaaa, RecordType.Ptr, RecordType.Cname, RecordType.Ns, RecordType.Dname, RecordType.Srv, RecordType.Txt,
        RecordType.Nsec, RecordType.Mx, RecordType.Soa,
    ];

    [Fact]
    public async Task What_we_read_without_complaint_is_not_malformed_to_tshark()
    {
        Assert.SkipUnless(File.Exists(Tshark), "tshark is missing");
        var random = new Random(Seeds.Next(output.WriteLine));
        var captured = CorpusFiles.Names.Select(CorpusFiles.Read).ToArray();
        List<byte[]> packets = [.. captured, .. Enumerable.Range(0, captured.Length * DamagedPerPacket).Select(_ => Damage.Random(random, captured))];
        var file = Path.Combine(Directory.CreateTempSubdirectory("beacon-tshark-").FullName, "packets.pcap");
        Capture.Write(file, packets);

        var malformed = await MalformedAsync(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

        var clean = Enumerable.Range(0, packets.Count).Where(at => IsClean(packets[at])).ToHashSet();
        var refusedByUsAlone = packets.Count - clean.Count - malformed.Count(at => !clean.Contains(at));
        output.WriteLine($"{packets.Count} packets: {clean.Count} clean to us, {malformed.Count} malformed to tshark, {refusedByUsAlone} refused by us alone");
        Assert.True(clean.Count >= captured.Length);
        Assert.True(malformed.Count > 0);
        Assert.Empty(clean.Intersect(malformed).Select(at => Convert.ToHexString(packets[at])));
    }

    private static async Task<HashSet<int>> MalformedAsync(string file)
    {
        var (exitCode, lines, errors) = await LabCommand.RunAsync(
            Tshark, ["-r", file, "-Y", "_ws.malformed", "-T", "fields", "-e", "frame.number"], Limit);
        Assert.True(exitCode == 0, errors);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture) - 1)];
    }

    private static bool IsClean(byte[] packet)
    {
        if (MessageReader.Open(packet, out var reader) != WireError.None || reader.Header.Opcode != 0)
        {
            return false;
        }

        while (reader.TryReadRecord(out var record))
        {
            if (!Judged.Contains(record.Type))
            {
                return false;
            }
        }

        return reader.Error == WireError.None && reader.SkippedRecords == 0;
    }
}
