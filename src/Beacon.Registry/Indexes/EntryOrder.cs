namespace Beacon.Registry.Indexes;

/// <summary>The one order of every list: creation time, then id. Both never change, so an entry keeps its place.</summary>
internal static class EntryOrder
{
    public static int Compare(ServiceEntry left, ServiceEntry right)
    {
        var byTime = left.Instance.CreatedAt.CompareTo(right.Instance.CreatedAt);
        return byTime != 0 ? byTime : left.Id.CompareTo(right.Id);
    }
}
