using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>What an asker will want next, so that it need not ask (RFC 6763 §12, RFC 6762 §6.2).</summary>
internal sealed class Additionals(EngineCore core)
{
    /// <summary>Bytes of an SRV record before its target.</summary>
    private const int SrvFixedPart = 6;

    /// <summary>PTR → SRV, TXT and the target's addresses; SRV → addresses; an address → the other family; hosts also their NSEC.</summary>
    public void Collect(MdnsRecord answer, LinkState link, List<MdnsRecord> into)
    {
        switch (answer.Type)
        {
            case RecordType.Ptr when answer.Gate is not null:
                CollectInstance(answer.Gate, link, into);
                break;
            case RecordType.Srv:
                CollectHost(answer, link, into);
                break;
            case RecordType.A or RecordType.Aaaa:
                CollectAddresses(answer.Owner, link, into);
                break;
            default:
                break;
        }
    }

    private void CollectInstance(OwnedName instance, LinkState link, List<MdnsRecord> into)
    {
        foreach (var record in instance.Records)
        {
            AddIfAnswerable(record, link, into);
        }

        foreach (var record in instance.Records)
        {
            if (record.Type == RecordType.Srv)
            {
                CollectHost(record, link, into);
            }
        }
    }

    private void CollectHost(MdnsRecord srv, LinkState link, List<MdnsRecord> into)
    {
        // A target that announces itself is not in the table: its addresses are not ours to give (RFC 6762 §6).
        var host = core.Names.Find(srv.Rdata.AsSpan(SrvFixedPart));
        if (host is not null && host.IsUnique)
        {
            CollectAddresses(host, link, into);
        }
    }

    private static void CollectAddresses(OwnedName host, LinkState link, List<MdnsRecord> into)
    {
        if (!host.IsHeldOn(link))
        {
            return;
        }

        foreach (var record in host.Records)
        {
            if (record.Type is RecordType.A or RecordType.Aaaa)
            {
                AddIfAnswerable(record, link, into);
            }
        }

        if (NegativeAnswers.For(host, link) is { } denial)
        {
            into.Add(denial);
        }
    }

    private static void AddIfAnswerable(MdnsRecord record, LinkState link, List<MdnsRecord> into)
    {
        if (record.IsAnswerable(link))
        {
            into.Add(record);
        }
    }
}
