using Beacon.Registry.Services;

namespace Beacon.Registry.Indexes;

/// <summary>
/// Every way to find services: by status, and (expired ones left out) by type, tag and host. Changed under the registry's gate only.
/// </summary>
internal sealed class ServiceIndexes
{
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
}
