using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Registry.Tests;

/// <summary>
/// What a service with three tags and four entries of metadata takes of the heap, registry, indexes and wheel included. Alone: the heap that
/// is measured is that of the whole process.
/// </summary>
[Collection(Alone)]
public sealed class FootprintTests
{
    private const string Alone = "Footprint, measured alone";
    private const int Services = 20_000;

    /// <summary>
    /// Bytes. The target is 700 at a million; at twenty thousand the pool of texts and room for growth weigh more. An own string for each tag alone
    /// would add 120, each list of the indexes with room for 256 another 100.
    /// </summary>
    private const int Budget = 800;

    [Fact]
    public void A_service_takes_no_more_than_its_budget()
    {
        Fill(100);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var registry = Fill(Services);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Services;
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes");
        Assert.InRange(each, 300, Budget);
        Assert.Equal(Services, registry.Count);
    }

    [Fact]
    public void What_services_have_in_common_is_there_once()
    {
        var registry = Fill(2);
        var services = registry.Snapshot();
        var (first, second) = (services[0].Instance, services[1].Instance);
        Assert.Same(first.Type, second.Type);
        Assert.Same(first.Protocol, second.Protocol);
        Assert.Same(first.MdnsServiceType, second.MdnsServiceType);
        Assert.Same(first.Tags[^1], second.Tags[^1]);
        Assert.Same(first.Metadata[0].Key, second.Metadata[0].Key);
        Assert.Same(first.Metadata[2].Value, second.Metadata[2].Value);
        Assert.Same(first.HealthCheck, second.HealthCheck);
    }

    private static ServiceRegistry Fill(int services)
    {
        var registry = new ServiceRegistry(TimeProvider.System, new RegistryLimits(), new EventHub());
        for (var number = 0; number < services; number++)
        {
            registry.Register(new Registration
            {
                Name = $"service-{number}",
                Type = new string("mqtt"),
                Host = $"host-{number % 100}.lan",
                Port = 1 + number,
                Protocol = new string("tcp"),
                Tags = [$"room-{number % 50}", $"floor-{number % 3}", new string("all")],
                Metadata =
                [
                    new(new string("version"), $"1.{number % 10}"), new(new string("serial"), $"{number:D8}"),
                    new(new string("maker"), new string("example")), new(new string("model"), $"m{number % 20}"),
                ],
            });
        }

        return registry;
    }

    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class Whole;
}
