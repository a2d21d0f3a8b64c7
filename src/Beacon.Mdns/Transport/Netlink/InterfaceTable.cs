namespace Beacon.Mdns.Transport.Netlink;

/// <summary>Puts interfaces and addresses together, which the kernel tells apart.</summary>
internal sealed class InterfaceTable
{
    private readonly List<(int Index, string Name, InterfaceFlags Flags, int Mtu)> _links = [];
    private readonly Dictionary<int, List<InterfaceAddress>> _addresses = [];

    public void AddLink(int index, string name, InterfaceFlags flags, int mtu) => _links.Add((index, name, flags, mtu));

    public void AddAddress(int index, InterfaceAddress address)
    {
        if (!_addresses.TryGetValue(index, out var list))
        {
            _addresses.Add(index, list = []);
        }

        list.Add(address);
    }

    /// <summary>By rising index.</summary>
    public IReadOnlyList<InterfaceState> ToList()
    {
        var states = new List<InterfaceState>(_links.Count);
        foreach (var (index, name, flags, mtu) in _links)
        {
            states.Add(new InterfaceState(index, name, flags, mtu, _addresses.TryGetValue(index, out var list) ? list : []));
        }

        states.Sort(static (left, right) => left.Index.CompareTo(right.Index));
        return states;
    }
}
