using Beacon.Mdns.Links;
using Beacon.Mdns.Records;
using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// NSEC records that say "this name has these types and no others", for names we hold (RFC 6762 §6.1). Without them a client waits
/// seconds for an IPv6 address that does not exist.
/// </summary>
internal static class NegativeAnswers
{
    private const int MostTypes = 16;

    /// <summary>The NSEC of a unique name on this link; null when it has no record there, or one a restricted NSEC cannot name.</summary>
    public static MdnsRecord? For(OwnedName name, LinkState link)
    {
        var onLink = IsPerLink(name) ? link.Index : MdnsRecord.AllLinks;
        foreach (var denial in name.Denials)
        {
            if (denial.OnLink == onLink)
            {
                return denial;
            }
        }

        return Create(name, link, onLink);
    }

    private static MdnsRecord? Create(OwnedName name, LinkState link, int onLink)
    {
        Span<RecordType> types = stackalloc RecordType[MostTypes];
        var count = 0;
        foreach (var record in name.Records)
        {
            if (record.OnLink != MdnsRecord.AllLinks && record.OnLink != link.Index)
            {
                continue;
            }

            if ((ushort)record.Type > byte.MaxValue)
            {
                return null;
            }

            if (!types[..count].Contains(record.Type) && count < MostTypes)
            {
                types[count++] = record.Type;
            }
        }

        if (count == 0)
        {
            return null;
        }

        return name.Deny(RecordFactory.Nsec(name, types[..count], onLink));
    }

    private static bool IsPerLink(OwnedName name)
    {
        foreach (var record in name.Records)
        {
            if (record.OnLink != MdnsRecord.AllLinks)
            {
                return true;
            }
        }

        return false;
    }
}
