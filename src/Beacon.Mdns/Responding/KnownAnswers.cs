using Beacon.Mdns.Wire;

namespace Beacon.Mdns.Responding;

/// <summary>
/// What the asker lists as known already is not said again, unless less than half its life is left (RFC 6762 §7.1). Names are compared
/// whole and without regard to ASCII case.
/// </summary>
internal sealed class KnownAnswers(EngineCore core)
{
    private readonly byte[] _rdata = new byte[MdnsLimits.LargestMessage];

    /// <summary>Marks our record as known to the asker of query <paramref name="number"/>.</summary>
    public void Note(ref DnsRecord known, int number)
    {
        if (core.Names.Find(known.Name) is not { } owner || !known.TryCopyRdata(_rdata, out var length))
        {
            return;
        }

        var record = core.Names.FindRecord(owner, known.Type, _rdata.AsSpan(0, length));
        if (record is not null && known.Ttl >= record.Ttl / MdnsTimings.KnownAnswerFraction)
        {
            record.KnownBy = number;
        }
    }
}
