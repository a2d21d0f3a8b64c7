using System.Net;

namespace Beacon.Mdns.Loop;

/// <summary>A datagram on its way from a receive thread to the engine; <paramref name="Buffer"/> is rented.</summary>
internal readonly record struct ReceivedDatagram(int LinkIndex, IPEndPoint Source, bool ToGroup, byte[] Buffer, int Length)
{
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);
}
