using Beacon.Registry.Services;

namespace Beacon.Features.Events;

/// <summary>Which members of a service a change gave another value, by their names in the API.</summary>
internal static class ChangedMembers
{
    /// <returns>Empty: the same was said again.</returns>
    public static string List(ServiceInstance before, ServiceInstance after)
    {
        var names = new List<string>();
        Add(before.Name != after.Name, "name");
        Add(before.Type != after.Type, "type");
        Add(before.Host != after.Host, "host");
        Add(before.Port != after.Port, "port");
        Add(before.Protocol != after.Protocol, "protocol");
        Add(!before.Tags.SequenceEqual(after.Tags), "tags");
        Add(!before.Metadata.SequenceEqual(after.Metadata), "metadata");
        Add(before.TtlSeconds != after.TtlSeconds, "ttl");
        Add(before.HealthCheck != after.HealthCheck, "health_check");
        Add(before.ChosenLeaseSource != after.ChosenLeaseSource, "lease_source");
        Add(before.Maintenance != after.Maintenance, "maintenance");
        Add(before.MdnsServiceType != after.MdnsServiceType, "mdns_service_type");
        Add(!before.MdnsTxtRecords.SequenceEqual(after.MdnsTxtRecords), "mdns_txt_records");

        // It decides what is announced for a service that calls its host localhost.
        Add(!Equals(before.SourceAddress, after.SourceAddress), "source_address");
        return string.Join(", ", names);

        void Add(bool isChanged, string name)
        {
            if (isChanged)
            {
                names.Add(name);
            }
        }
    }
}
