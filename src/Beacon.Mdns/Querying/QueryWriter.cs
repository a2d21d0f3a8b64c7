using Beacon.Mdns.Links;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Querying;

/// <summary>
/// Query packets: the questions that are due, and behind them the answers we know already, which nobody need repeat (RFC 6762 §7.1). What
/// does not fit into one packet follows at once in further ones (§7.2).
/// </summary>
internal sealed class QueryWriter(IDatagramSink sink)
{
    private readonly byte[] _buffer = new byte[MdnsLimits.PayloadIPv4];

    /// <summary>Packets handed to the sink, counting each family.</summary>
    public long Sent { get; private set; }

    public void Send(QueryLink link, List<Question> questions, bool wantsUnicast, long now)
    {
        var writer = new MessageWriter(_buffer.AsSpan(0, LinkState.PayloadOf(link.Info)));
        for (var start = 0; start < questions.Count;)
        {
            writer.Begin(0, HeaderFlags.MulticastQuery);
            var end = start;
            while (end < questions.Count
                && writer.TryWriteQuestion(questions[end].Key.Name, questions[end].Key.Type, RecordClass.Internet, wantsUnicast))
            {
                end++;
            }

            if (end == start)
            {
                // A name of 256 bytes fits the smallest packet there is; were it otherwise, the rest must still be asked.
                start++;
                continue;
            }

            WriteKnown(link, questions, start, end, ref writer, now);
            Send(link, writer.Length);
            start = end;
        }
    }

    private void WriteKnown(QueryLink link, List<Question> questions, int start, int end, ref MessageWriter writer, long now)
    {
        var packets = 1;
        for (var at = start; at < end; at++)
        {
            var key = questions[at].Key;
            if (link.Cache.Find(key.Name, key.Type) is not { } set)
            {
                continue;
            }

            foreach (var record in set.Records)
            {
                // The flush bit belongs to one owner; from us it would be a lie (RFC 6762 §10.2). An owner need not be told what it said.
                if (record.IsUnique || !record.IsFresh(now) || TryWrite(record, ref writer, now))
                {
                    continue;
                }

                if (packets == QuerierLimits.KnownAnswerPackets)
                {
                    return;
                }

                packets++;
                writer.MarkTruncated();
                Send(link, writer.Length);
                writer.Begin(0, HeaderFlags.MulticastQuery);
                TryWrite(record, ref writer, now);
            }
        }
    }

    private static bool TryWrite(CachedRecord record, ref MessageWriter writer, long now) => writer.TryWriteRecord(
        Section.Answer, record.Name, record.Type, RecordClass.Internet, cacheFlush: false, record.SecondsLeft(now), record.Rdata);

    private void Send(QueryLink link, int length)
    {
        var datagram = _buffer.AsSpan(0, length);
        if (link.Info.HasIPv4)
        {
            sink.SendToGroup(link.Index, ipv6: false, datagram);
            Sent++;
        }

        if (link.Info.HasIPv6)
        {
            sink.SendToGroup(link.Index, ipv6: true, datagram);
            Sent++;
        }
    }
}
