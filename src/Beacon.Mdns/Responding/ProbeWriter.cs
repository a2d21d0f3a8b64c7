using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// Probe packets: one ANY question per name, and in the Authority section every record we would publish under it, so that a host
/// that asks for the same name at the same time can compare (RFC 6762 §8.1, §8.2).
/// </summary>
internal sealed class ProbeWriter(EngineCore core, DatagramWriter datagrams)
{
    /// <summary>What the first names of a packet cost beyond the estimate: the parts later names compress to.</summary>
    private const int Slack = 64;

    /// <summary>Type and class of the question, and a compressed parent.</summary>
    private const int QuestionOverhead = 7;

    /// <summary>Compressed owner, type, class, lifetime and length.</summary>
    private const int RecordOverhead = 12;

    public void SendProbes(LinkState link, List<OwnedName> names)
    {
        for (var start = 0; start < names.Count;)
        {
            var count = Math.Max(1, CountThatFit(names, start, link));
            int length;
            while ((length = Write(link, names, start, count, link.Payload)) == 0 && count > 1)
            {
                count /= 2;
            }

            if (length == 0)
            {
                // One name with more data than a packet holds: the tie-break needs all of it all the same.
                length = Write(link, names, start, 1, MdnsLimits.LargestMessage);
            }

            if (length > 0)
            {
                datagrams.Multicast(link, length);
            }

            start += count;
        }
    }

    private static int CountThatFit(List<OwnedName> names, int start, LinkState link)
    {
        var room = link.Payload - DnsLimits.HeaderLength - Slack;
        var at = start;
        for (; at < names.Count; at++)
        {
            room -= names[at].Name[0] + QuestionOverhead;
            foreach (var record in names[at].Records)
            {
                room -= RecordOverhead + record.Rdata.Length;
            }

            if (room < 0)
            {
                break;
            }
        }

        return at - start;
    }

    /// <summary>Returns the length, or 0 when it does not fit.</summary>
    private int Write(LinkState link, List<OwnedName> names, int start, int count, int room)
    {
        var writer = new MessageWriter(datagrams.Buffer.AsSpan(0, room));
        writer.Begin(0, HeaderFlags.MulticastQuery);
        for (var at = start; at < start + count; at++)
        {
            // Answered by unicast the probe costs the link nothing, unless another responder would get that answer (§5.4, §15.1).
            if (!writer.TryWriteQuestion(names[at].Name, RecordType.Any, RecordClass.Internet, wantsUnicast: !core.SharesPort))
            {
                return 0;
            }
        }

        for (var at = start; at < start + count; at++)
        {
            foreach (var record in names[at].Records)
            {
                if (record.OnLink != MdnsRecord.AllLinks && record.OnLink != link.Index)
                {
                    continue;
                }

                if (!writer.TryWriteRecord(
                    Section.Authority, record.Owner.Name, record.Type, RecordClass.Internet, cacheFlush: false, record.Ttl, record.Rdata))
                {
                    return 0;
                }
            }
        }

        return writer.Length;
    }
}
