namespace Beacon.Mdns.Tests.Kit;

/// <summary>One record as a packet carries it. Names in text form, escaped only where a label holds a dot.</summary>
/// <param name="Rdata">Names in it uncompressed.</param>
/// <param name="RawRdata">The bytes as they lie in the packet.</param>
internal sealed record DecodedRecord(string Name, ushort Type, ushort Class, bool Flush, uint Ttl, byte[] Rdata, byte[] RawRdata)
{
    public const ushort A = 1;
    public const ushort Ptr = 12;
    public const ushort Txt = 16;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Opt = 41;
    public const ushort Nsec = 47;
    public const ushort Any = 255;

    /// <summary>Target of a PTR or SRV, addresses as text, strings of a TXT joined by a bar.</summary>
    public string Value => Type switch
    {
        A or Aaaa => new System.Net.IPAddress(Rdata).ToString(),
        Ptr => DecodedMessage.NameText(Rdata),
        Srv => $"{DecodedMessage.NameText(Rdata.AsSpan(6))}:{(Rdata[4] << 8) | Rdata[5]}",
        Txt => string.Join('|', Strings()),
        _ => Convert.ToHexString(Rdata),
    };

    public IReadOnlyList<string> Strings()
    {
        var strings = new List<string>();
        for (var at = 0; at < Rdata.Length; at += Rdata[at] + 1)
        {
            strings.Add(System.Text.Encoding.UTF8.GetString(Rdata, at + 1, Rdata[at]));
        }

        return strings;
    }

    public override string ToString() => $"{Name} {Type} {(Flush ? "flush " : "")}{Ttl} {Value}";
}
