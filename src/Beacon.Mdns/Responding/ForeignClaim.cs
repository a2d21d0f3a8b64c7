using System.Net;

namespace Beacon.Mdns.Responding;

/// <summary>Another host said something else under a name of ours. Kept as it came, so that a flood of them costs no texts.</summary>
/// <param name="Name">Uncompressed.</param>
/// <param name="WasHeld">It is asked for again; otherwise it was being asked for, and is lost.</param>
internal sealed record ForeignClaim(byte[] Name, string Link, IPAddress Source, bool WasHeld, long At);
