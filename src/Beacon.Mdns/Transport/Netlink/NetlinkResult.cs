namespace Beacon.Mdns.Transport.Netlink;

/// <summary>What one answer of the kernel means for the question.</summary>
internal enum NetlinkResult
{
    More,
    Done,
    Failed,
}
