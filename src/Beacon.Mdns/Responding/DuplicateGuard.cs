using Beacon.Mdns.Links;
using Beacon.Mdns.Records;

namespace Beacon.Mdns.Responding;

/// <summary>Another host said exactly what we would: then we need not, or must say it again because it was about to be forgotten (RFC 6762 §7.4, §6.6).</summary>
internal sealed class DuplicateGuard(EngineCore core)
{
    /// <param name="ours">Our record with the same name, type and data.</param>
    /// <param name="ttl">Seconds, as the other host said; 0 is a goodbye for a record that is ours too.</param>
    public void OnSameAnswer(MdnsRecord ours, uint ttl, LinkState link, long now)
    {
        if (!IsOnThis(ours, link))
        {
            RefreshOwnSet(ours, link, now);
            return;
        }

        if (!ours.IsAnswerable(link))
        {
            return;
        }

        if (ttl < ours.Ttl / MdnsTimings.KnownAnswerFraction)
        {
            // Listeners would soon believe it gone.
            var due = ours.IsUnique ? now : now + core.SharedDelay();
            link.Answers.Plan(ours, now, due, mayWait: !ours.IsUnique, isDefence: false);
        }
        else if (ttl >= ours.Ttl)
        {
            link.Answers.Cancel(ours);
            ref var state = ref ours.On(link);
            state.LastAnswered = now;
            state.LastMulticast = now;
        }
    }

    private static bool IsOnThis(MdnsRecord record, LinkState link) =>
        record.OnLink == MdnsRecord.AllLinks || record.OnLink == link.Index;

    /// <summary>
    /// Two of our links are bridged: the other one's addresses, with their flush bit, just wiped this one's out of the caches. Say them
    /// again, but not if that was done within the second, or the links would answer each other for ever.
    /// </summary>
    private static void RefreshOwnSet(MdnsRecord others, LinkState link, long now)
    {
        foreach (var record in others.Owner.Records)
        {
            if (record.Type == others.Type && record.IsAnswerable(link)
                && record.On(link).LastAnswered + MdnsTimings.RecordGap.Ticks < now)
            {
                link.Answers.Plan(record, now, now, mayWait: false, isDefence: false);
            }
        }
    }
}
