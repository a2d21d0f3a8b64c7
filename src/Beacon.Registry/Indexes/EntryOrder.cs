namespace Beacon.Registry.Indexes;

/// <summary>The one order of every list: creation time, then id. Both never change, so an entry keeps its place.</summary>
internal static class EntryOrder
{
    public static int Compare(ServiceEntry left, ServiceEntry right)
    {
        var (one, other) = (left.Instance, right.Instance);
        var byTime = one.CreatedAt.UtcTicks.CompareTo(other.CreatedAt.UtcTicks);
        return byTime != 0 ? byTime : one.Id.CompareTo(other.Id);
    }

    /// <summary>Costs one look at each when they are in order already, as what a store held is.</summary>
    public static void Sort(Span<ServiceEntry> entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (Compare(entries[i - 1], entries[i]) > 0)
            {
                entries.Sort(Compare);
                return;
            }
        }
    }
}
