using Microsoft.Win32.SafeHandles;

namespace Beacon.Mdns.Transport.Netlink;

/// <summary>A file descriptor that is closed with its owner.</summary>
internal sealed class Descriptor() : SafeHandleMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}
