namespace Beacon.Mdns.Tests.Simulation;

/// <summary>A simulation that cannot fail proves nothing: each property is shown a network that breaks it.</summary>
public class SimulatorTests
{
    private const int Seed = 7;

    [Fact]
    public void A_healthy_network_has_nothing_to_complain_about() => Play(Small());

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        Assert.Equal(SimulationRun.Play(Seed), SimulationRun.Play(Seed));
    }

    [Fact]
    public void Goodbyes_that_are_never_sent_are_missed()
    {
        var world = Small();
        world.Beacons[0].Copies = message => message.Answers.Exists(record => record.Ttl == 0) ? 0 : 1;

        Assert.Contains("still believes", Failure(world));
    }

    [Fact]
    public void A_record_that_is_said_twice_is_noticed()
    {
        var world = Small();
        world.Beacons[0].Copies = message => message.IsResponse ? 2 : 1;

        Assert.Contains("again after 0 ms", Failure(world));
    }

    [Fact]
    public void Two_hosts_of_one_name_are_noticed()
    {
        var world = Small();
        var deaf = world.AddBeacon(hasOwnName: false, world.Network.Segments[0]);
        deaf.Ports[0].Side = 1;
        new SimulationRun(world).Start();
        world.Network.RunUntil(SimTime.Minute);

        var failure = Assert.Throws<SimulationFailure>(new Judge(world).ExpectUniqueNames);
        Assert.Contains("both hold", failure.Message);
    }

    [Fact]
    public void A_name_held_against_another_makers_responder_is_noticed()
    {
        var world = Small();
        world.AddPeer(world.Network.Segments[0], "beacon.local", "Peer", "_http._tcp").Ports[0].Side = 1;
        new SimulationRun(world).Start();
        world.Network.RunUntil(SimTime.Minute);

        Assert.Throws<SimulationFailure>(new Judge(world).ExpectUniqueNames);
    }

    [Fact]
    public void A_listener_that_cannot_resolve_is_noticed()
    {
        var world = Small();
        world.Listeners[0].Ports[0].Side = 1;

        Assert.Contains("cannot resolve", Failure(world));
    }

    [Fact]
    public void Somebody_who_looks_around_and_does_not_see_what_is_announced_is_noticed()
    {
        var world = Small();
        world.AddBrowser(world.Network.Segments[0], Seed);
        new SimulationRun(world).Start();
        world.Network.RunUntil(SimTime.Minute);
        var judge = new Judge(world);

        var failure = Assert.Throws<SimulationFailure>(() => judge.ExpectBrowsed(judge.Announced()));
        Assert.Contains("does not list", failure.Message);
    }

    [Fact]
    public void Somebody_who_looks_around_and_goes_on_seeing_what_was_taken_back_is_noticed()
    {
        var world = Small();
        var browser = world.AddBrowser(world.Network.Segments[0], Seed);
        new SimulationRun(world).Start();
        world.Network.At(30 * SimTime.Second, browser.Start);
        world.Network.RunUntil(SimTime.Minute);
        var judge = new Judge(world);
        var before = judge.Announced();
        browser.Ports[0].Side = 1;
        world.Beacons[0].Deregister(world.Beacons[0].Services.Keys.First());
        world.Network.RunUntil(world.Network.Now + (2 * SimTime.Second));

        var failure = Assert.Throws<SimulationFailure>(() => judge.ExpectGoneFromLists(before));
        Assert.Contains("still lists", failure.Message);
    }

    [Fact]
    public void An_answer_for_a_service_that_is_gone_is_noticed()
    {
        var world = Small();
        var beacon = world.Beacons[0];
        world.Network.At(5 * SimTime.Second, beacon.Services.Clear);

        Assert.Contains("not (or no longer) registered", Failure(world));
    }

    [Fact]
    public void A_service_that_is_never_announced_is_noticed()
    {
        var world = Small();
        var beacon = world.Beacons[0];
        var silent = world.NewService("Silent", "10.77.1.99", World.ServiceTypes[0]);
        world.Network.At(5 * SimTime.Second, () => beacon.Services.Add(silent.Id, silent));

        Assert.Contains("not announced", Failure(world));
    }

    [Fact]
    public void One_packet_in_a_week_of_silence_is_noticed()
    {
        var world = Small();
        world.Network.At(5 * SimTime.Day, () => world.Listeners[0].Browse(wantsUnicast: false));

        Assert.Contains("in which nothing happened", Failure(world));
    }

    [Fact]
    public void A_flood_is_noticed()
    {
        var world = Small();
        world.Beacons[0].Copies = message => message.IsProbe ? 100 : 1;

        Assert.Contains("packets within a second", Failure(world));
    }

    [Fact]
    public void Twins_that_fight_are_noticed()
    {
        var world = Small(areTwins: true);
        var rival = world.AddBeacon(hasOwnName: true, world.Network.Segments[0]);
        var other = world.NewService("Sensor", "10.77.1.51", World.ServiceTypes[0]);
        rival.Services.Add(other.Id, other);

        Assert.Contains("though nobody says otherwise", Failure(world));
    }

    private static World Small(bool areTwins = false)
    {
        var world = new World(Seed) { AreTwins = areTwins };
        var segment = world.Network.AddSegment();
        var beacon = world.AddBeacon(hasOwnName: false, segment);
        world.AddListener(segment);
        var service = world.NewService("Sensor", "10.77.1.50", World.ServiceTypes[0]);
        beacon.Services.Add(service.Id, service);
        return world;
    }

    private static void Play(World world)
    {
        var run = new SimulationRun(world);
        run.Start();
        world.Network.RunUntil(10 * SimTime.Second);
        run.ExpectHealth();
    }

    private static string Failure(World world) => Assert.Throws<SimulationFailure>(() => Play(world)).Message;
}
