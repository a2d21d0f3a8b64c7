using System.Net;
using System.Net.Sockets;
using Beacon.Mdns.Wire;
using Beacon.Mdns.Wire.Rdata;

namespace Beacon.Mdns.Records;

/// <summary>Makes the records we publish, each with the lifetime RFC 6762 §10 gives it. Does not add them to their names.</summary>
internal static class RecordFactory
{
    /// <summary>A pointer from a shared name to another name.</summary>
    /// <param name="gate">The instance that must be held first; null for the list of types.</param>
    public static MdnsRecord Pointer(OwnedName owner, ReadOnlySpan<byte> target, OwnedName? gate) => new()
    {
        Owner = owner,
        Type = RecordType.Ptr,
        Rdata = target.ToArray(),
        Ttl = MdnsTimings.OtherTtl,
        Gate = gate,
    };

    public static MdnsRecord Srv(OwnedName owner, int port, ReadOnlySpan<byte> target) => new()
    {
        Owner = owner,
        Type = RecordType.Srv,
        Rdata = SrvRecord.Build(priority: 0, weight: 0, (ushort)port, target),
        Ttl = MdnsTimings.HostTtl,
    };

    public static MdnsRecord Txt(OwnedName owner, byte[] rdata) => new()
    {
        Owner = owner,
        Type = RecordType.Txt,
        Rdata = rdata,
        Ttl = MdnsTimings.OtherTtl,
    };

    /// <param name="onLink">Interface index, or <see cref="MdnsRecord.AllLinks"/>.</param>
    public static MdnsRecord Address(OwnedName owner, IPAddress address, int onLink) => new()
    {
        Owner = owner,
        Type = address.AddressFamily == AddressFamily.InterNetworkV6 ? RecordType.Aaaa : RecordType.A,
        Rdata = address.GetAddressBytes(),
        Ttl = MdnsTimings.HostTtl,
        OnLink = onLink,
    };

    public static MdnsRecord Nsec(OwnedName owner, ReadOnlySpan<RecordType> types, int onLink) => new()
    {
        Owner = owner,
        Type = RecordType.Nsec,
        Rdata = NsecRecord.Build(owner.Name, types),
        Ttl = MdnsTimings.HostTtl,
        OnLink = onLink,
    };
}
