namespace Beacon.Mdns.Transport;

/// <summary>Has anything changed between two looks? A re-created interface has a new index and is another link.</summary>
internal static class LinkLists
{
    /// <summary>Both by rising index.</summary>
    public static bool Same(IReadOnlyList<LinkInfo> left, IReadOnlyList<LinkInfo> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var at = 0; at < left.Count; at++)
        {
            if (!Same(left[at], right[at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The kernel lists an interface's addresses in any order.</summary>
    public static bool Same(LinkInfo left, LinkInfo right)
    {
        if ((left.Index, left.Name, left.Mtu, left.HasIPv4, left.HasIPv6, left.Addresses.Count)
            != (right.Index, right.Name, right.Mtu, right.HasIPv4, right.HasIPv6, right.Addresses.Count))
        {
            return false;
        }

        foreach (var address in left.Addresses)
        {
            if (!right.Addresses.Contains(address))
            {
                return false;
            }
        }

        return true;
    }
}
