using Beacon.Mdns.Wire;

namespace Beacon.Fuzz.Targets;

/// <summary>Every datagram the engine sends must be a whole message of the right size that gives no link's addresses away on another.</summary>
internal sealed class SentCheck(EchoRing echoes)
{
    /// <summary>An ordinary packet's payload over IPv4; no record here needs more.</summary>
    private const int LargestPayload = 1472;

    private byte[] _name = [];
    private ushort _type;

    public bool IsMet { get; private set; }

    /// <summary>From now on wait for an answer with this name and type.</summary>
    public void Expect(byte[] name, ushort type) => (_name, _type, IsMet) = (name, type, false);

    public void OnSent(int link, ReadOnlySpan<byte> datagram)
    {
        echoes.Add(datagram);
        Invariant.Holds(datagram.Length <= LargestPayload, "A datagram is larger than the link carries.");
        Invariant.Holds(MessageReader.Open(datagram, out var reader) == WireError.None, "A datagram without a header went out.");
        while (reader.TryReadRecord(out var record))
        {
            Invariant.Holds(
                record.Type != RecordType.A || !ScriptLinks.IsOfOtherLink(link, record.Rdata), "One link's address was said on another.");
            IsMet |= record.Section == Section.Answer && (ushort)record.Type == _type && record.Ttl > 0 && record.Name.Equals(_name);
        }

        Invariant.Holds(reader.Error == WireError.None && reader.SkippedRecords == 0, "What went out is no whole message.");
    }
}
