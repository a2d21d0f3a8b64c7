using System.Runtime.InteropServices;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>What poll(2) waits for and what it found.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry(int descriptor)
{
    public int Descriptor = descriptor;
    public short Wanted = Libc.Readable;
    public short Found;
}
