namespace Beacon.Mdns.Tests.Simulation;

/// <summary>Makes a world by chance: most are small, because small worlds fail for reasons one can read.</summary>
internal static class WorldMaker
{
    /// <summary>Few, so that several hosts want the same one.</summary>
    private static readonly string[] InstanceNames = ["Sensor", "Printer", "Printer (2)", "Wohnzimmer.Licht", "Küche", "esp32"];

    private static readonly string[] ServiceHosts =
        ["10.77.1.150", "10.77.1.151", "10.77.2.150", "localhost", "other.local", "10.77.1.152 10.77.1.153"];

    private static readonly string[] UnicastHosts = ["nas.lan", "cam.lan"];

    public static World Make(int seed)
    {
        var shape = new Random(seed);
        var world = new World(seed) { AreTwins = shape.Next(4) == 0 };
        for (var count = 1 + shape.Next(3); count > 0; count--)
        {
            world.Network.AddSegment();
        }

        AddBeacons(world, shape);
        AddOthers(world, shape);
        return world;
    }

    public static string PickHost(Random random) =>
        random.Next(20) == 0 ? Pick(random, UnicastHosts) : Pick(random, ServiceHosts);

    public static string PickName(Random random) => Pick(random, InstanceNames);

    public static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private static void AddBeacons(World world, Random shape)
    {
        var segments = world.Network.Segments;
        var haveOwnNames = shape.Next(2) == 0;
        for (var count = world.AreTwins ? 2 + shape.Next(2) : 1 + shape.Next(3); count > 0; count--)
        {
            var first = shape.Next(segments.Count);
            if (segments.Count > 1 && shape.Next(3) == 0)
            {
                world.AddBeacon(haveOwnNames, segments[first], segments[(first + 1) % segments.Count]);
            }
            else
            {
                world.AddBeacon(haveOwnNames, segments[first]);
            }
        }

        for (var count = shape.Next(5); count > 0; count--)
        {
            var service = world.NewService(PickName(shape), PickHost(shape), Pick(shape, World.ServiceTypes));
            if (world.AreTwins)
            {
                // Two of one name on one Beacon get numbers in the order they came, which twins need not share.
                var isNew = !world.Beacons[0].Services.Values.Any(known => known.Name == service.Name);
                world.Beacons.FindAll(_ => isNew).ForEach(beacon => beacon.Services[service.Id] = service);
            }
            else
            {
                var beacon = Pick(shape, world.Beacons);
                beacon.Services[service.Id] = service;
            }
        }
    }

    private static void AddOthers(World world, Random shape)
    {
        var segments = world.Network.Segments;
        foreach (var segment in segments)
        {
            world.AddListener(segment);
        }

        for (var count = shape.Next(3); count > 0; count--)
        {
            var isRival = !world.AreTwins && shape.Next(2) == 0;
            world.AddPeer(
                Pick(shape, segments),
                isRival ? "beacon.local" : $"peer{count}.local",
                isRival ? PickName(shape) : $"Peer {count}",
                Pick(shape, World.ServiceTypes));
        }

        if (!world.AreTwins && shape.Next(3) == 0)
        {
            world.AddThief(Pick(shape, segments));
        }

        if (shape.Next(3) == 0)
        {
            world.AddLegacyAsker(Pick(shape, segments));
        }

        if (segments.Count > 1 && shape.Next(6) == 0)
        {
            world.AddReflector(segments[0], segments[1]);
        }
    }
}
