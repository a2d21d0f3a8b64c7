using Beacon.Registry.Services;

namespace Beacon.Registry;

/// <summary>What makes two registrations the same service: exactly the same name, host and port.</summary>
internal readonly record struct ServiceKey(string Name, string Host, int Port)
{
    public static ServiceKey Of(ServiceInstance instance) => new(instance.Name, instance.Host, instance.Port);
}
