using Beacon.Mdns.Browsing;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// A querier and what looks through it, under a script of datagrams, interfaces and time. Whatever happened: no exception, bounded memory
/// and traffic, no news that contradict each other, and when all is silent everything is forgotten.
/// </summary>
internal sealed class QuerierTarget
{
    private const int MostSteps = 200;
    private const int LongestDatagram = 9_000;
    private const int Targets = 5;

    /// <summary>Every question of every link in packets of its own, with a full list of known answers, both families.</summary>
    private const int LargestSentPerSecond = 2_000;

    /// <summary>Longer than any lifetime that is believed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(2);

    private readonly PacketComposer _composer = new();

    /// <summary>The script once for each thing that can be looked for.</summary>
    public static IEnumerable<byte[]> ForEachTarget(byte[] script) =>
        Enumerable.Range(0, Targets).Select(settings => (byte[])[(byte)settings, .. script.AsSpan(1)]);

    public void Run(ReadOnlySpan<byte> input)
    {
        var script = new ScriptReader(input);
        var settings = script.Byte();
        var rig = new QuerierRig(settings, Target(settings), sharesPort: (settings & 0x80) != 0);
        var seconds = 1.0;
        for (var steps = 0; steps < MostSteps && !script.IsAtEnd; steps++)
        {
            seconds += Step(rig, ref script);
        }

        Invariant.Holds(rig.Sent <= LargestSentPerSecond * seconds, "So little was heard, and so much was asked.");
        Invariant.Holds(rig.Answers <= rig.Present, "There are more answers than anybody was told of.");
        rig.Advance(Silence);
        Invariant.Holds(rig.Records == 0 && rig.Present == 0 && rig.Answers == 0, "What nobody says any more is still believed.");
    }

    private static BrowseTarget Target(byte settings) => (settings % Targets) switch
    {
        0 => BrowseTarget.Everything("local"),
        1 => BrowseTarget.ForType("_http._tcp", "local")!,
        2 => BrowseTarget.ForName("Sensor._http._tcp", "local")!,
        3 => BrowseTarget.ForName("beacon.local", "local")!,
        _ => BrowseTarget.ForName("10.77.1.1", "local")!,
    };

    /// <returns>Seconds that passed.</returns>
    private double Step(QuerierRig rig, ref ScriptReader script)
    {
        switch ((ScriptStep)(script.Byte() % (int)(ScriptStep.Links + 1)))
        {
            case ScriptStep.Datagram:
                Receive(rig, script.Byte(), script.Take(script.Word() % LongestDatagram));
                return 0;
            case ScriptStep.Composed:
                Receive(rig, script.Byte(), _composer.Compose(ref script));
                return 0;
            case ScriptStep.Echo:
                Receive(rig, script.Byte(), rig.Echoes.Changed(ref script));
                return 0;
            case ScriptStep.LongWait:
                var seconds = script.Byte();
                rig.Advance(TimeSpan.FromSeconds(seconds));
                return seconds;
            case ScriptStep.Links:
                rig.SetLinks(ScriptLinks.State(script.Byte()));
                return 0;
            default:
                var hundredths = script.Byte();
                rig.Advance(TimeSpan.FromMilliseconds(10 * hundredths));
                return hundredths / 100.0;
        }
    }

    /// <param name="from">Four bits of source, one of link, one of destination.</param>
    private static void Receive(QuerierRig rig, byte from, ReadOnlySpan<byte> datagram) => rig.Receive(
        (from & 0x10) == 0 ? ScriptLinks.Eth0 : ScriptLinks.Eth1, ScriptSources.At(from & 0x0F), toGroup: (from & 0x20) == 0, datagram);
}
