using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>
/// The one door for changing what we answer for: names taken up, claimed, given new data, given back. Owned by the engine's thread.
/// </summary>
internal sealed class NameBook(EngineCore core, ConflictHandler conflicts, UpdateSchedule updates)
{
    public bool IsTaken(ReadOnlySpan<byte> name) => core.Names.Find(name) is not null;

    public OwnedName AddUnique(byte[] name, IClaimant claimant)
    {
        var owned = new OwnedName(name, claimant);
        core.Names.Add(owned);
        return owned;
    }

    /// <summary>A name other responders use too, such as a service type.</summary>
    public OwnedName Shared(byte[] name)
    {
        if (core.Names.Find(name) is { } known)
        {
            return known;
        }

        var owned = new OwnedName(name, claimant: null);
        core.Names.Add(owned);
        return owned;
    }

    /// <param name="gate">The instance that must be held before the pointer is given away; null when it may be at once.</param>
    public static MdnsRecord AddPointer(OwnedName shared, OwnedName target, OwnedName? gate)
    {
        var pointer = RecordFactory.Pointer(shared, target.Name, gate);
        shared.Add(pointer);
        target.Pointers.Add(pointer);
        return pointer;
    }

    /// <summary>Asks for the name on every link; its records are announced where nobody objects.</summary>
    public void Claim(OwnedName name, long now)
    {
        var pause = conflicts.Pause(now);
        for (var at = 0; at < core.Links.Count; at++)
        {
            var prober = core.Links[at].Prober;
            if (pause == 0)
            {
                prober.Start(name, now);
            }
            else
            {
                prober.StartAt(name, now + pause);
            }
        }
    }

    /// <summary>
    /// New data for one record, or a record more or less; announced soon, without asking for the name again (RFC 6762 §8.4). The last
    /// record of a type gets a goodbye, because no flush bit would tell of it.
    /// </summary>
    public void Replace(OwnedName name, MdnsRecord? old, MdnsRecord? replacement, long now)
    {
        if (old is not null)
        {
            name.Remove(old, now);
        }

        if (replacement is not null)
        {
            name.Add(replacement);
        }

        if (old is not null && !name.Has(old.Type))
        {
            SayGoodbye(old, now);
        }

        updates.OnChanged(name, now);
    }

    /// <summary>Gives a name back with all its records and all pointers to it.</summary>
    /// <param name="sayGoodbye">False when another host has the name now: a goodbye would take away its records too (RFC 6762 §9).</param>
    public void Withdraw(OwnedName name, long now, bool sayGoodbye)
    {
        while (name.Pointers.Count > 0)
        {
            WithdrawPointer(name.Pointers[^1], name, now, sayGoodbye);
        }

        while (name.Records.Count > 0)
        {
            var record = name.Records[^1];
            if (sayGoodbye)
            {
                SayGoodbye(record, now);
            }

            name.Remove(record, now);
        }

        for (var at = 0; at < core.Links.Count; at++)
        {
            core.Links[at].Prober.Stop(name);
        }

        core.Names.Remove(name);
    }

    public void WithdrawPointer(MdnsRecord pointer, OwnedName target, long now, bool sayGoodbye)
    {
        if (sayGoodbye)
        {
            SayGoodbye(pointer, now);
        }

        target.Pointers.Remove(pointer);
        pointer.Owner.Remove(pointer, now);
        if (pointer.Owner.Records.Count == 0 && pointer.Owner.Pointers.Count == 0)
        {
            core.Names.Remove(pointer.Owner);
        }
    }

    /// <summary>Announces pointers to the name that a link has not heard yet, where the name is held.</summary>
    public void AnnouncePointers(OwnedName name, long now)
    {
        for (var at = 0; at < core.Links.Count; at++)
        {
            foreach (var pointer in name.Pointers)
            {
                if (name.IsHeldOn(core.Links[at]))
                {
                    AnnounceIfNew(pointer, core.Links[at], now);
                }
            }
        }
    }

    /// <summary>Announces a record that is new to this link; records the link has seen are left alone.</summary>
    public static void AnnounceIfNew(MdnsRecord record, LinkState link, long now)
    {
        if (record.On(link).LastMulticast == MdnsTimings.Never)
        {
            link.Announcer.Announce(record, now);
        }
    }

    private void SayGoodbye(MdnsRecord record, long now)
    {
        for (var at = 0; at < core.Links.Count; at++)
        {
            core.Links[at].Goodbyes.Say(record, now);
        }
    }
}
