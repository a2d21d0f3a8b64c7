using Beacon.Mdns.Links;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Status;

/// <summary>
/// Copies the engine's state on the engine's thread: references and numbers only, some 0.6 µs a name that answers
/// wait meanwhile. Texts, order and pages are made by whoever asked.
/// </summary>
internal static class PictureTaker
{
    private static readonly int States = Enum.GetValues<NameState>().Length;

    public static List<NameEntry> Names(EngineCore core)
    {
        var all = core.Names.ToList();
        var entries = new List<NameEntry>(core.Names.UniqueCount);
        foreach (var name in all)
        {
            if (name.Claimant is { } claimant)
            {
                entries.Add(Describe(core, name, claimant));
            }
        }

        return entries;
    }

    public static LinkPicture Link(LinkState link, int place, IReadOnlyList<NameEntry> names)
    {
        var counts = new int[States];
        foreach (var name in names)
        {
            counts[(int)name.States[place]]++;
        }

        return new LinkPicture(
            link.Info, link.Counters.Received, link.Counters.Sent, link.Counters.Dropped(), link.Counters.Withheld, counts);
    }

    public static ConflictPicture? LastConflict(EngineCore core, long now) => core.LastConflict is { } last
        ? new ConflictPicture(WireName.ToText(last.Name), last.Link, last.Source, last.WasHeld, TimeSpan.FromTicks(now - last.At))
        : null;

    private static NameEntry Describe(EngineCore core, OwnedName name, IClaimant claimant)
    {
        var states = new NameState[core.Links.Count];
        for (var at = 0; at < states.Length; at++)
        {
            states[at] = StateOf(name, core.Links[at]);
        }

        var (kind, service, wanted, label) = claimant switch
        {
            PublishedService published => (NameKind.Instance, published.Instance?.Id, published.PlainLabel, published.Label),
            HostTarget host => (NameKind.Host, (ServiceId?)null, host.PlainLabel, host.Label),
            _ => (NameKind.Host, null, "", ""),
        };
        return new NameEntry(name.Name, kind, service, wanted == label ? null : wanted, states);
    }

    private static NameState StateOf(OwnedName name, LinkState link) => name.StateOn(link) switch
    {
        ClaimState.Held => NameState.Announced,
        ClaimState.Probing => name.ClaimOn(link).Group is { Sent: > 0 } ? NameState.Probing : NameState.Waiting,
        _ => NameState.None,
    };
}
