namespace Beacon.Registry.Services;

/// <summary>What a service's content becomes by a registration or an update.</summary>
internal static class ServiceContent
{
    public static ServiceInstance Create(Registration wish, int defaultTtlSeconds, DateTimeOffset now)
    {
        var type = wish.Type ?? ServiceLimits.DefaultType;
        var protocol = wish.Protocol ?? ServiceLimits.DefaultProtocol;
        return new ServiceInstance
        {
            Id = ServiceId.New(),
            Name = wish.Name,
            Type = type,
            Host = wish.Host,
            Port = wish.Port,
            Protocol = protocol,
            Tags = wish.Tags ?? [],
            Metadata = wish.Metadata ?? [],
            TtlSeconds = wish.TtlSeconds ?? defaultTtlSeconds,
            HealthCheck = wish.HealthCheck.ApplyTo(HealthCheckSettings.Default),
            ChosenLeaseSource = wish.LeaseSource,
            MdnsServiceType = wish.MdnsServiceType ?? MdnsServiceTypes.For(type, protocol),
            MdnsServiceTypeIsExplicit = wish.MdnsServiceType is not null,
            MdnsTxtRecords = wish.MdnsTxtRecords ?? [],
            SourceAddress = wish.SourceAddress,
            CreatedAt = now,
            ContentUpdatedAt = now,
        };
    }

    /// <summary>Registered again: what was not said stays, as the earlier implementation did it.</summary>
    public static ServiceInstance Merge(ServiceInstance old, Registration wish, DateTimeOffset now)
    {
        var merged = old with
        {
            Type = wish.Type ?? old.Type,
            Protocol = wish.Protocol ?? old.Protocol,
            Tags = wish.Tags ?? old.Tags,
            Metadata = wish.Metadata ?? old.Metadata,
            TtlSeconds = wish.TtlSeconds ?? old.TtlSeconds,
            HealthCheck = wish.HealthCheck.ApplyTo(old.HealthCheck),
            ChosenLeaseSource = wish.LeaseSource ?? old.ChosenLeaseSource,
            MdnsTxtRecords = wish.MdnsTxtRecords ?? old.MdnsTxtRecords,
            SourceAddress = wish.SourceAddress ?? old.SourceAddress,
            ContentUpdatedAt = now,
        };
        return WithMdnsServiceType(merged, wish.MdnsServiceType);
    }

    public static ServiceInstance Apply(ServiceInstance old, ServicePatch patch, DateTimeOffset now)
    {
        var patched = old with
        {
            Name = patch.Name ?? old.Name,
            Type = patch.Type ?? old.Type,
            Host = patch.Host ?? old.Host,
            Port = patch.Port ?? old.Port,
            Protocol = patch.Protocol ?? old.Protocol,
            Tags = patch.Tags ?? old.Tags,
            Metadata = patch.Metadata ?? old.Metadata,
            HealthCheck = patch.HealthCheck.ApplyTo(old.HealthCheck),
            ChosenLeaseSource = patch.LeaseSource ?? old.ChosenLeaseSource,
            MdnsTxtRecords = patch.MdnsTxtRecords ?? old.MdnsTxtRecords,
            ContentUpdatedAt = now,
        };
        return WithMdnsServiceType(patched, patch.MdnsServiceType);
    }

    private static ServiceInstance WithMdnsServiceType(ServiceInstance service, string? chosen)
    {
        if (chosen is not null)
        {
            return service with { MdnsServiceType = chosen, MdnsServiceTypeIsExplicit = true };
        }

        return service.MdnsServiceTypeIsExplicit
            ? service
            : service with { MdnsServiceType = MdnsServiceTypes.For(service.Type, service.Protocol) };
    }
}
