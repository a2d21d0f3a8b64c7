using System.Runtime.InteropServices;
using Beacon.Registry.Services;

namespace Beacon.Registry.Indexes;

/// <summary>
/// Every way to find services: by status, and (expired ones left out) by type, tag and host. Changed under the registry's gate only.
/// </summary>
internal sealed class ServiceIndexes
{
    private readonly WordGroups _groups = new();

    /// <summary>All that is not expired.</summary>
    public EntryList Live { get; } = new();

    public EntryList Active { get; } = new();

    public EntryList Unhealthy { get; } = new();

    public EntryList Expired { get; } = new();

    public WordIndex Types { get; } = new();

    public WordIndex Tags { get; } = new();

    public WordIndex Hosts { get; } = new();

    public EntryList OfStatus(ServiceStatus status) => status switch
    {
        ServiceStatus.Active => Active,
        ServiceStatus.Unhealthy => Unhealthy,
        _ => Expired,
    };

    /// <summary>Enters the entry under its present content and this status.</summary>
    public void Add(ServiceEntry entry, ServiceStatus status)
    {
        OfStatus(status).Add(entry);
        if (status == ServiceStatus.Expired)
        {
            return;
        }

        Live.Add(entry);
        var instance = entry.Instance;
        Types.Add(instance.Type, entry);
        Hosts.Add(instance.Host, entry);
        foreach (var tag in instance.Tags)
        {
            Tags.Add(tag, entry);
        }
    }

    /// <summary>Enters all of them under their present content and status: each list is changed once, not once for each of them.</summary>
    /// <param name="entries">In <see cref="EntryOrder"/>.</param>
    public void AddAll(ReadOnlySpan<ServiceEntry> entries)
    {
        List<ServiceEntry> active = [], unhealthy = [], expired = [], live = new(entries.Length);
        foreach (var entry in entries)
        {
            var status = entry.Status;
            (status == ServiceStatus.Active ? active : status == ServiceStatus.Unhealthy ? unhealthy : expired).Add(entry);
            if (status != ServiceStatus.Expired)
            {
                live.Add(entry);
            }
        }

        Active.AddAll(CollectionsMarshal.AsSpan(active));
        Unhealthy.AddAll(CollectionsMarshal.AsSpan(unhealthy));
        Expired.AddAll(CollectionsMarshal.AsSpan(expired));
        Live.AddAll(CollectionsMarshal.AsSpan(live));
        var groups = new WordGroups();
        SortByType(CollectionsMarshal.AsSpan(live), groups).MoveInto(Types);
        SortByHost(CollectionsMarshal.AsSpan(live), groups).MoveInto(Hosts);
        SortByTag(CollectionsMarshal.AsSpan(live), groups).MoveInto(Tags);
    }

    /// <summary>Moves all of them to those that are expired: each list is changed once, not once for each of them.</summary>
    /// <param name="entries">In <see cref="EntryOrder"/>; entered as anything but expired.</param>
    public void ExpireAll(ReadOnlySpan<ServiceEntry> entries)
    {
        Active.RemoveAll(entries);
        Unhealthy.RemoveAll(entries);
        Live.RemoveAll(entries);
        Expired.AddAll(entries);
        SortByType(entries, _groups).MoveOutOf(Types);
        SortByHost(entries, _groups).MoveOutOf(Hosts);
        SortByTag(entries, _groups).MoveOutOf(Tags);
    }

    /// <summary>Takes the entry out of wherever its content and this status put it: call before the content changes.</summary>
    public void Remove(ServiceEntry entry, ServiceStatus status)
    {
        OfStatus(status).Remove(entry);
        if (status == ServiceStatus.Expired)
        {
            return;
        }

        Live.Remove(entry);
        var instance = entry.Instance;
        Types.Remove(instance.Type, entry);
        Hosts.Remove(instance.Host, entry);
        foreach (var tag in instance.Tags)
        {
            Tags.Remove(tag, entry);
        }
    }

    private static WordGroups SortByType(ReadOnlySpan<ServiceEntry> entries, WordGroups groups)
    {
        foreach (var entry in entries)
        {
            groups.Add(entry.Instance.Type, entry);
        }

        return groups;
    }

    private static WordGroups SortByHost(ReadOnlySpan<ServiceEntry> entries, WordGroups groups)
    {
        foreach (var entry in entries)
        {
            groups.Add(entry.Instance.Host, entry);
        }

        return groups;
    }

    private static WordGroups SortByTag(ReadOnlySpan<ServiceEntry> entries, WordGroups groups)
    {
        foreach (var entry in entries)
        {
            foreach (var tag in entry.Instance.Tags)
            {
                groups.Add(tag, entry);
            }
        }

        return groups;
    }
}
