namespace Beacon.Registry.Services;

/// <summary>What a service's content becomes by a registration or an update.</summary>
/// <remarks>Not thread-safe: the registry uses it under its gate.</remarks>
internal sealed class ServiceContent
{
    private readonly ContentPool _pool = new();

    public ServiceInstance Create(Registration wish, int defaultTtlSeconds, DateTimeOffset now)
    {
        var type = wish.Type ?? ServiceLimits.DefaultType;
        var protocol = wish.Protocol ?? ServiceLimits.DefaultProtocol;
        return new ServiceInstance
        {
            Id = ServiceId.New(),
            Name = wish.Name,
            Type = _pool.Share(type),
            Host = _pool.Share(wish.Host),
            Port = wish.Port,
            Protocol = _pool.Share(protocol),
            Tags = _pool.Share(wish.Tags ?? []),
            Metadata = _pool.Share(wish.Metadata ?? []),
            TtlSeconds = wish.TtlSeconds ?? defaultTtlSeconds,
            HealthCheck = ContentPool.Share(wish.HealthCheck.ApplyTo(HealthCheckSettings.Default)),
            ChosenLeaseSource = wish.LeaseSource,
            MdnsServiceType = _pool.Share(wish.MdnsServiceType ?? MdnsServiceTypes.For(type, protocol)),
            MdnsServiceTypeIsExplicit = wish.MdnsServiceType is not null,
            MdnsTxtRecords = _pool.Share(wish.MdnsTxtRecords ?? []),
            SourceAddress = wish.SourceAddress,
            CreatedAt = now,
            ContentUpdatedAt = now,
        };
    }

    /// <summary>Registered again: what was not said stays, as the earlier implementation did it.</summary>
    public ServiceInstance Merge(ServiceInstance old, Registration wish, DateTimeOffset now)
    {
        var merged = old with
        {
            Type = wish.Type is null ? old.Type : _pool.Share(wish.Type),
            Protocol = wish.Protocol is null ? old.Protocol : _pool.Share(wish.Protocol),
            Tags = wish.Tags is null ? old.Tags : _pool.Share(wish.Tags),
            Metadata = wish.Metadata is null ? old.Metadata : _pool.Share(wish.Metadata),
            TtlSeconds = wish.TtlSeconds ?? old.TtlSeconds,
            HealthCheck = ContentPool.Share(wish.HealthCheck.ApplyTo(old.HealthCheck)),
            ChosenLeaseSource = wish.LeaseSource ?? old.ChosenLeaseSource,
            MdnsTxtRecords = wish.MdnsTxtRecords is null ? old.MdnsTxtRecords : _pool.Share(wish.MdnsTxtRecords),
            SourceAddress = wish.SourceAddress ?? old.SourceAddress,
            ContentUpdatedAt = now,
        };
        return WithMdnsServiceType(merged, wish.MdnsServiceType);
    }

    public ServiceInstance Apply(ServiceInstance old, ServicePatch patch, DateTimeOffset now)
    {
        var patched = old with
        {
            Name = patch.Name ?? old.Name,
            Type = patch.Type is null ? old.Type : _pool.Share(patch.Type),
            Host = patch.Host is null ? old.Host : _pool.Share(patch.Host),
            Port = patch.Port ?? old.Port,
            Protocol = patch.Protocol is null ? old.Protocol : _pool.Share(patch.Protocol),
            Tags = patch.Tags is null ? old.Tags : _pool.Share(patch.Tags),
            Metadata = patch.Metadata is null ? old.Metadata : _pool.Share(patch.Metadata),
            HealthCheck = ContentPool.Share(patch.HealthCheck.ApplyTo(old.HealthCheck)),
            ChosenLeaseSource = patch.LeaseSource ?? old.ChosenLeaseSource,
            MdnsTxtRecords = patch.MdnsTxtRecords is null ? old.MdnsTxtRecords : _pool.Share(patch.MdnsTxtRecords),
            ContentUpdatedAt = now,
        };
        return WithMdnsServiceType(patched, patch.MdnsServiceType);
    }

    private ServiceInstance WithMdnsServiceType(ServiceInstance service, string? chosen)
    {
        if (chosen is not null)
        {
            return service with { MdnsServiceType = _pool.Share(chosen), MdnsServiceTypeIsExplicit = true };
        }

        return service.MdnsServiceTypeIsExplicit
            ? service
            : service with { MdnsServiceType = _pool.Share(MdnsServiceTypes.For(service.Type, service.Protocol)) };
    }
}
