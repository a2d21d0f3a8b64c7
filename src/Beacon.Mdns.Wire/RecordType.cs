using System.Diagnostics.CodeAnalysis;

namespace Beacon.Mdns.Wire;

/// <summary>Types we speak, and those whose data holds names that may be compressed (RFC 6762 §18.14). Any other value is carried as it is.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "PTR is the type's name.")]
public enum RecordType : ushort
{
    None = 0,
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Hinfo = 13,
    Mx = 15,
    Txt = 16,
    Rp = 17,
    Afsdb = 18,
    Rt = 21,
    Px = 26,
    Aaaa = 28,
    Srv = 33,
    Kx = 36,
    Dname = 39,

    /// <summary>A pseudo record: its class is a datagram size and its TTL are flags (RFC 6891 §6.1.2).</summary>
    Opt = 41,
    Nsec = 47,

    /// <summary>In questions only: records of every type.</summary>
    Any = 255,
}
