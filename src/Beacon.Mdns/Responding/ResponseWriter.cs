using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Puts records into as few packets as they need. Packets are filled in order, a set of unique records is not split when it fits one
/// packet, and additional records only use room that is left (RFC 6762 §17, §10.2).
/// </summary>
internal sealed class ResponseWriter(EngineCore core, DatagramWriter datagrams)
{
    /// <summary>An OPT record without options (RFC 6891 §6.1.2).</summary>
    private const int OptLength = 11;

    /// <summary>Response code 16 without its lower four bits, which are zero, in an OPT record's lifetime (RFC 6891 §6.1.3, §9).</summary>
    private const uint BadVersion = 0x0100_0000;

    /// <summary>Type, class, lifetime and length of a record, and two bytes for a compressed owner.</summary>
    private const int RecordOverhead = 12;

    private readonly List<MdnsRecord> _additionals = [];
    private int _burst;
    private int _packet;

    /// <summary>Answers to questions, with additional records. Returns the first record not sent because the burst was over.</summary>
    public int Answer(LinkState link, List<MdnsRecord> records, int start, long now)
    {
        MarkBurst(records, start);
        for (var packets = 0; start < records.Count && packets < MdnsTimings.BurstPackets; packets++)
        {
            start = Multicast(link, records, start, Purpose.Answer, MdnsTimings.Idle, now);
        }

        return start;
    }

    /// <summary>Unsolicited; records multicast after <paramref name="notSince"/> are passed over.</summary>
    public int Announce(LinkState link, List<MdnsRecord> records, int start, long notSince, long now)
    {
        for (var packets = 0; start < records.Count && packets < MdnsTimings.BurstPackets; packets++)
        {
            start = Multicast(link, records, start, Purpose.Announcement, notSince, now);
        }

        return start;
    }

    /// <summary>Lifetime zero, also for records that are withdrawn already.</summary>
    public int Goodbye(LinkState link, List<MdnsRecord> records, int start)
    {
        for (var packets = 0; start < records.Count && packets < MdnsTimings.BurstPackets; packets++)
        {
            start = Multicast(link, records, start, Purpose.Goodbye, MdnsTimings.Idle, MdnsTimings.Never);
        }

        return start;
    }

    /// <summary>Sends as many packets as one asker may get, and returns the first answer that is in none of them.</summary>
    public int Reply(LinkState link, PendingReply reply)
    {
        MarkBurst(reply.Answers, 0);
        if (reply.IsLegacy)
        {
            ReplyLegacy(link, reply);
            return reply.Answers.Count;
        }

        var start = 0;
        for (var packets = 0; start < reply.Answers.Count && packets < MdnsLimits.ReplyPackets; packets++)
        {
            var writer = new MessageWriter(datagrams.Buffer.AsSpan(0, link.Payload));
            writer.Begin(0, HeaderFlags.MulticastResponse);
            var next = WriteAnswers(ref writer, link, reply.Answers, start, Purpose.Answer, MdnsTimings.Idle, MdnsTimings.Never);
            if (next == start)
            {
                break;
            }

            WriteAdditionals(ref writer, link, reply.Answers, start, next, isLegacy: false, MdnsTimings.Never);
            if (writer.AnswerCount > 0)
            {
                datagrams.Unicast(link, reply.Destination, writer.Length);
            }

            start = next;
        }

        return start;
    }

    private int Multicast(LinkState link, List<MdnsRecord> records, int start, Purpose purpose, long notSince, long now)
    {
        var writer = new MessageWriter(datagrams.Buffer.AsSpan(0, link.Payload));
        writer.Begin(0, HeaderFlags.MulticastResponse);
        var next = WriteAnswers(ref writer, link, records, start, purpose, notSince, now);
        if (next == start)
        {
            // Larger than a packet: alone, in a datagram the network layer takes apart (RFC 6762 §17).
            writer = new MessageWriter(datagrams.Buffer);
            writer.Begin(0, HeaderFlags.MulticastResponse);
            TryWrite(ref writer, Section.Answer, records[start], purpose, now, link);
            next = start + 1;
        }
        else if (purpose == Purpose.Answer)
        {
            WriteAdditionals(ref writer, link, records, start, next, isLegacy: false, now);
        }

        if (writer.AnswerCount > 0)
        {
            datagrams.Multicast(link, writer.Length);
        }

        return next;
    }

    private int WriteAnswers(
        ref MessageWriter writer, LinkState link, List<MdnsRecord> records, int start, Purpose purpose, long notSince, long now)
    {
        _packet++;
        var at = start;
        for (; at < records.Count; at++)
        {
            var record = records[at];
            var isMeant = purpose == Purpose.Goodbye
                ? !IsAliveAgain(record, link)
                : record.IsAnswerable(link) && record.On(link).LastAnswered <= notSince;
            if (!isMeant)
            {
                continue;
            }

            if (writer.AnswerCount > 0 && StartsSetThatNeedsOwnPacket(records, at, link.Payload, writer.Length))
            {
                break;
            }

            if (!TryWrite(ref writer, Section.Answer, record, purpose, now, link))
            {
                break;
            }
        }

        return at;
    }

    private bool TryWrite(ref MessageWriter writer, Section section, MdnsRecord record, Purpose purpose, long now, LinkState link)
    {
        if (record.InPacket == _packet)
        {
            return true;
        }

        var ttl = purpose == Purpose.Goodbye ? 0 : record.Ttl;
        if (!writer.TryWriteRecord(section, record.Owner.Name, record.Type, RecordClass.Internet, record.IsUnique, ttl, record.Rdata))
        {
            return false;
        }

        record.InPacket = _packet;
        if (now != MdnsTimings.Never)
        {
            ref var state = ref record.On(link);
            state.LastMulticast = now;
            if (section == Section.Answer)
            {
                state.LastAnswered = now;
                link.Answers.OnSaid(record);
            }
        }

        return true;
    }

    private void WriteAdditionals(
        ref MessageWriter writer, LinkState link, List<MdnsRecord> records, int start, int end, bool isLegacy, long now)
    {
        for (var at = start; at < end; at++)
        {
            if (records[at].InPacket != _packet)
            {
                continue;
            }

            _additionals.Clear();
            core.Additionals.Collect(records[at], link, _additionals);
            foreach (var record in _additionals)
            {
                if (record.InBurst == _burst || record.InPacket == _packet)
                {
                    continue;
                }

                var isWritten = isLegacy
                    ? TryWriteLegacy(ref writer, Section.Additional, record)
                    : TryWrite(ref writer, Section.Additional, record, Purpose.Answer, now, link);
                if (!isWritten)
                {
                    return;
                }
            }
        }
    }

    private void ReplyLegacy(LinkState link, PendingReply reply)
    {
        var room = reply.EdnsSize == 0
            ? MdnsLimits.LegacyPayload
            : Math.Clamp(reply.EdnsSize, MdnsLimits.LegacyPayload, link.Payload);
        var writer = new MessageWriter(datagrams.Buffer.AsSpan(0, room));
        writer.Begin(reply.Id, (ushort)(HeaderFlags.MulticastResponse | (reply.RecursionDesired ? HeaderFlags.RecursionDesired : 0)));
        writer.Limit = reply.EdnsSize == 0 ? room : room - OptLength;
        if (!reply.TryWriteQuestions(ref writer))
        {
            return;
        }

        var isOtherVersion = reply.EdnsVersion != 0;
        if (!isOtherVersion)
        {
            WriteLegacyRecords(ref writer, link, reply);
        }

        if (reply.EdnsSize != 0)
        {
            writer.Limit = room;
            var extended = isOtherVersion ? BadVersion : 0;
            writer.TryWriteRecord(Section.Additional, WireName.Root, RecordType.Opt, (ushort)room, cacheFlush: false, extended, []);
        }

        datagrams.Unicast(link, reply.Destination, writer.Length);
    }

    private void WriteLegacyRecords(ref MessageWriter writer, LinkState link, PendingReply reply)
    {
        _packet++;
        foreach (var record in reply.Answers)
        {
            if (record.IsAnswerable(link) && !TryWriteLegacy(ref writer, Section.Answer, record))
            {
                // The asker may come back by other means; whole records are all it gets (RFC 6762 §18.5).
                writer.MarkTruncated();
                return;
            }
        }

        WriteAdditionals(ref writer, link, reply.Answers, 0, reply.Answers.Count, isLegacy: true, MdnsTimings.Never);
    }

    private bool TryWriteLegacy(ref MessageWriter writer, Section section, MdnsRecord record)
    {
        if (record.InPacket == _packet)
        {
            return true;
        }

        var ttl = Math.Min(record.Ttl, MdnsTimings.LegacyTtlCap);
        if (!writer.TryWriteRecord(
            section, record.Owner.Name, record.Type, RecordClass.Internet, cacheFlush: false, ttl, record.Rdata, record.Type != RecordType.Srv))
        {
            return false;
        }

        record.InPacket = _packet;
        return true;
    }

    private void MarkBurst(List<MdnsRecord> records, int start)
    {
        _burst++;
        for (var at = start; at < records.Count; at++)
        {
            records[at].InBurst = _burst;
        }
    }

    /// <summary>Is this the first of several records of one set that no longer fit here but would fit a packet of their own?</summary>
    private static bool StartsSetThatNeedsOwnPacket(List<MdnsRecord> records, int at, int payload, int used)
    {
        var first = records[at];
        if (!first.IsUnique || (at > 0 && IsSameSet(records[at - 1], first)) || at + 1 == records.Count
            || !IsSameSet(first, records[at + 1]))
        {
            return false;
        }

        var size = first.Owner.Name.Length;
        for (var next = at; next < records.Count && IsSameSet(first, records[next]); next++)
        {
            size += RecordOverhead + records[next].Rdata.Length;
        }

        return used + size > payload && size + RecordOverhead <= payload;
    }

    /// <summary>The same data came back since its goodbye was planned: sending it now would take away the new record.</summary>
    private bool IsAliveAgain(MdnsRecord gone, LinkState link) =>
        core.Names.Find(gone.Owner.Name) is { } owner
        && core.Names.FindRecord(owner, gone.Type, gone.Rdata) is { } record
        && record.IsAnswerable(link);

    private static bool IsSameSet(MdnsRecord left, MdnsRecord right) => left.Owner == right.Owner && left.Type == right.Type;

    private enum Purpose
    {
        Answer,
        Announcement,
        Goodbye,
    }
}
