namespace Beacon.Mdns.Links;

/// <summary>The links in use. There are few, so finding one is a walk.</summary>
internal sealed class LinkTable
{
    private readonly List<LinkState> _links = [];

    public int Count => _links.Count;

    public LinkState this[int position] => _links[position];

    public LinkState? Find(int index)
    {
        foreach (var link in _links)
        {
            if (link.Index == index)
            {
                return link;
            }
        }

        return null;
    }

    public void Add(LinkState link) => _links.Add(link);

    public void Remove(LinkState link) => _links.Remove(link);

    /// <summary>Smallest slot no link uses, or -1 when there are as many links as we take.</summary>
    public int FreeSlot()
    {
        for (var slot = 0; slot < MdnsLimits.Links; slot++)
        {
            if (!IsUsed(slot))
            {
                return slot;
            }
        }

        return -1;
    }

    private bool IsUsed(int slot)
    {
        foreach (var link in _links)
        {
            if (link.Slot == slot)
            {
                return true;
            }
        }

        return false;
    }
}
