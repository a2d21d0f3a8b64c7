using Beacon.Mdns.Publishing;
using Beacon.Mdns.Wire;
using Beacon.Registry.Events;

namespace Beacon.Fuzz.Targets;

/// <summary>
/// A whole engine under a script of datagrams, services, interfaces and time. Whatever happened: no exception, bounded work, names only
/// for what is registered, silence when nothing is to be said, and its own names and services are found afterwards.
/// </summary>
internal sealed class EngineTarget
{
    private const int MostSteps = 200;
    private const int LongestDatagram = 9_000;
    private const int LargestSentPerStep = 256;
    private const int SentAtStart = 2_000;

    /// <summary>Beacon's host, its two instances, and for each service an instance and a host.</summary>
    private static readonly int MostNames = 3 + (2 * ScriptServices.Count);

    /// <summary>After the last packet: probing again, the pause after many conflicts, three announcements, updates that were held back.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Silence = TimeSpan.FromHours(3);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(200);

    private readonly PacketComposer _composer = new();
    private readonly byte[] _query = new byte[512];

    public void Run(ReadOnlySpan<byte> input)
    {
        var script = new ScriptReader(input);
        var settings = script.Byte();
        var rig = new EngineRig(settings, loopsBack: (settings & 1) == 0, sharesPort: (settings & 2) != 0);
        if ((settings & 4) == 0)
        {
            rig.Advance(TimeSpan.FromSeconds(10));
        }

        var steps = 0;
        for (; steps < MostSteps && !script.IsAtEnd; steps++)
        {
            Step(rig, ref script);
        }

        Invariant.Holds(rig.Sent <= SentAtStart + (LargestSentPerStep * steps), "So little was asked, and so much was said.");
        Invariant.Holds(rig.Engine.NameCount <= MostNames, "There are more names than anybody registered.");
        Invariant.Holds(rig.Engine.ServiceCount <= ScriptServices.Count + 2, "There are more services than anybody registered.");
        rig.SetLinks(ScriptLinks.Usual);
        rig.Advance(Calm);
        var sent = rig.Sent;
        rig.Advance(Silence);
        Invariant.Holds(rig.Sent == sent, "The engine speaks although nothing happens.");
        AssertFound(rig);
    }

    private void Step(EngineRig rig, ref ScriptReader script)
    {
        var kind = (ScriptStep)(script.Byte() % (int)(ScriptStep.Lookup + 1));
        switch (kind)
        {
            case ScriptStep.Datagram:
                Receive(rig, script.Byte(), script.Take(script.Word() % LongestDatagram));
                break;
            case ScriptStep.Composed:
                Receive(rig, script.Byte(), _composer.Compose(ref script));
                break;
            case ScriptStep.Echo:
                Receive(rig, script.Byte(), rig.Echoes.Changed(ref script));
                break;
            case ScriptStep.Wait:
                rig.Advance(TimeSpan.FromMilliseconds(10 * script.Byte()));
                break;
            case ScriptStep.LongWait:
                rig.Advance(TimeSpan.FromSeconds(script.Byte()));
                break;
            case ScriptStep.Service:
                ChangeService(rig, script.Byte(), script.Byte());
                break;
            case ScriptStep.Links:
                rig.SetLinks(ScriptLinks.State(script.Byte()));
                break;
            default:
                FindHost(rig, script.Byte());
                break;
        }
    }

    /// <param name="from">Four bits of source, one of link, one of destination.</param>
    private static void Receive(EngineRig rig, byte from, ReadOnlySpan<byte> datagram) => rig.Receive(
        (from & 0x10) == 0 ? ScriptLinks.Eth0 : ScriptLinks.Eth1, ScriptSources.At(from & 0x0F), toGroup: (from & 0x20) == 0, datagram);

    private static void ChangeService(EngineRig rig, byte which, byte version)
    {
        var kind = (which >> 4) switch
        {
            0 or 1 or 2 or 3 => RegistryEventKind.Registered,
            4 or 5 or 6 or 7 => RegistryEventKind.Updated,
            8 or 9 => RegistryEventKind.Revived,
            10 or 11 => RegistryEventKind.Expired,
            12 or 13 => RegistryEventKind.Deregistered,
            _ => RegistryEventKind.Removed,
        };
        rig.Engine.OnRegistryEvent(ScriptServices.Event(which & 0x0F, version, kind), rig.Now);
        rig.Loop();
    }

    private static void FindHost(EngineRig rig, byte found)
    {
        if (rig.Wanted.Count > 0)
        {
            var name = rig.Wanted[found % rig.Wanted.Count];
            rig.Engine.OnLookup(name, (found & 0x80) == 0 ? [new([10, 77, 1, (byte)(found | 0x40)])] : [], rig.Now);
            rig.Loop();
        }
    }

    private void AssertFound(EngineRig rig)
    {
        AssertFound(rig, PacketComposer.Parse(rig.Engine.HostName), RecordType.A);
        for (var number = 0; number < ScriptServices.Count; number++)
        {
            if (!rig.Engine.TryGetAnnouncement(ScriptServices.Id(number), out var announcement))
            {
                continue;
            }

            Invariant.Holds(announcement.State != AnnouncementState.Probing, "A service asks for its name for ever.");
            if (announcement.State == AnnouncementState.Announced)
            {
                byte[] type = PacketComposer.Parse(announcement.ServiceType + ".local");
                AssertFound(rig, Join(announcement.InstanceName, type), RecordType.Srv);
                AssertFound(rig, type, RecordType.Ptr);
            }
        }
    }

    /// <summary>By a neighbour's multicast question and by a plain resolver's, on both links.</summary>
    private void AssertFound(EngineRig rig, byte[] name, RecordType type)
    {
        var writer = new MessageWriter(_query);
        writer.Begin(0, 0);
        writer.TryWriteQuestion(name, type, RecordClass.Internet, wantsUnicast: false);
        var query = _query.AsSpan(0, writer.Length);
        foreach (var link in (int[])[ScriptLinks.Eth0, ScriptLinks.Eth1])
        {
            Invariant.Holds(
                rig.IsAnswered(link, ScriptSources.Neighbour, name, (ushort)type, query, AnswerTime), "A neighbour's question stays unanswered.");
            Invariant.Holds(
                rig.IsAnswered(link, ScriptSources.LegacyResolver, name, (ushort)type, query, AnswerTime), "A resolver's question stays unanswered.");
            rig.Advance(TimeSpan.FromSeconds(2));
        }
    }

    private static byte[] Join(string instance, byte[] type)
    {
        var label = System.Text.Encoding.UTF8.GetBytes(instance);
        return [(byte)label.Length, .. label, .. type];
    }
}
