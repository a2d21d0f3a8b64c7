namespace Beacon.Mdns.Tests.Simulation;

/// <summary>One seed from the first packet to a week of silence.</summary>
internal sealed class SimulationRun
{
    private const long ShortestChaos = 30 * SimTime.Second;
    private const long LongestChaos = 4 * SimTime.Minute;

    /// <summary>Everything a listener wants to know is known this long after the last fault.</summary>
    private const long ResolvableWithin = 5 * SimTime.Second;

    /// <summary>A record counts as announced when it was answered for this long before it is looked for.</summary>
    private const long AnnouncedSince = SimTime.Second;

    /// <summary>Somebody who looks around waits two seconds for the address of a host that nobody answers for, and a moment for further changes.</summary>
    private const long ListedWithin = (2 * SimTime.Second) + (500 * SimTime.Millisecond);

    /// <summary>Disputes for a name, each with its second of waiting, are over by then (RFC 6762 §8.2), pauses after a storm included.</summary>
    private const long Settled = 40 * SimTime.Second;

    /// <summary>Two copies of a goodbye and the second they leave (RFC 6762 §10.1).</summary>
    private const long Forgotten = SimTime.Second + (500 * SimTime.Millisecond);

    /// <summary>The first power of two of seconds that is more than a week.</summary>
    private const long SilentFor = (1L << 20) * SimTime.Second;

    private static readonly long[] Questions = [0, SimTime.Second, 2 * SimTime.Second, 3200 * SimTime.Millisecond];
    private static readonly long[] LaterQuestions = [8 * SimTime.Second, 15 * SimTime.Second, 25 * SimTime.Second, 35 * SimTime.Second];

    private readonly World _world;
    private readonly FakeNetwork _network;
    private readonly Judge _judge;

    public SimulationRun(World world)
    {
        _world = world;
        _network = world.Network;
        _judge = new Judge(world);
    }

    /// <summary>A world and its misfortunes from one number.</summary>
    /// <exception cref="SimulationFailure">A property did not hold; the message has the seed and the last packets.</exception>
    public static RunReport Play(int seed)
    {
        var world = WorldMaker.Make(seed);
        try
        {
            var run = new SimulationRun(world);
            run.Start();
            var until = ShortestChaos + world.Random.NextInt64(LongestChaos - ShortestChaos);
            var chaos = new Chaos(world);
            chaos.Schedule(SimTime.Second, until);
            world.Network.RunUntil(until);
            chaos.Calm();
            world.Network.RunUntil(until + LinkConditions.LateMost + SimTime.Second);
            var report = new RunReport(world.Network.Now, world.Network.PacketsSent, world.Traffic.Peak);
            run.ExpectHealth();
            return report;
        }
        catch (SimulationFailure failure)
        {
            throw new SimulationFailure($"seed {seed}, at {TimeSpan.FromTicks(world.Network.Now)}: {failure.Message}\n{world.Network.Trace}");
        }
    }

    /// <summary>Hosts start within a second of each other, as after a power cut.</summary>
    public void Start()
    {
        foreach (var beacon in _world.Beacons)
        {
            _network.At(_network.Within(SimTime.Second), beacon.Boot);
        }

        foreach (var peer in _world.Peers)
        {
            _network.At(_network.Within(SimTime.Second), peer.Start);
        }
    }

    /// <summary>All that must be true from the last fault on.</summary>
    public void ExpectHealth()
    {
        var quiet = _network.Now;
        foreach (var segment in _network.Segments)
        {
            _world.AddBrowser(segment, _world.Browsers.Count).Start();
        }

        AskAt(quiet, Questions);
        _network.RunUntil(quiet + ResolvableWithin - ListedWithin);
        var listable = _judge.Announced();
        _network.RunUntil(quiet + ResolvableWithin - AnnouncedSince);
        var announced = _judge.Announced();
        _network.RunUntil(quiet + ResolvableWithin);
        var still = _judge.Announced();
        still.RemoveAll(now => !announced.Exists(then => then.Segment == now.Segment && Judge.Is(then.Record, now.Record)));
        _judge.ExpectResolvable(still);
        _judge.ExpectBrowsed(still.FindAll(now => listable.Exists(then => then.Segment == now.Segment && Judge.Is(then.Record, now.Record))));

        AskAt(quiet, LaterQuestions);
        _network.RunUntil(quiet + Settled);
        _judge.ExpectUniqueNames();
        _judge.ExpectAllAnnounced();
        ExpectGoodbyes();
        ExpectSilence();
    }

    private void ExpectGoodbyes()
    {
        var before = _judge.Announced();
        foreach (var beacon in _world.Beacons.Where(beacon => beacon.IsAlive && beacon.Services.Count > 0))
        {
            beacon.Deregister(WorldMaker.Pick(_world.Random, beacon.Services.Keys.ToList()));
        }

        if (_world.Random.Next(2) == 0)
        {
            WorldMaker.Pick(_world.Random, _world.Beacons).Stop();
        }

        _network.RunUntil(_network.Now + Forgotten);
        _judge.ExpectForgotten(before);
        _judge.ExpectGoneFromLists(before);
    }

    private void ExpectSilence()
    {
        if (_world.Random.Next(2) == 0)
        {
            WorldMaker.Pick(_world.Random, _world.Beacons).Crash();
        }

        _world.Browsers.ForEach(browser => browser.Stop());
        _network.RunUntil(_network.Now + Settled);
        var sent = _network.PacketsSent;
        var from = _network.Now;

        // Looked at ever more rarely: a fight that never ends need not be watched for a week.
        for (var idle = SimTime.Second; idle <= SilentFor; idle *= 2)
        {
            _network.RunUntil(from + idle);
            if (_network.PacketsSent != sent)
            {
                throw new SimulationFailure(
                    $"{_network.PacketsSent - sent} packets within {TimeSpan.FromTicks(idle)} in which nothing happened");
            }
        }

        AskAt(_network.Now, Questions);
        _network.RunUntil(_network.Now + ResolvableWithin);
        _judge.ExpectResolvable(_judge.Announced());
    }

    private void AskAt(long from, long[] instants)
    {
        foreach (var instant in instants)
        {
            foreach (var listener in _world.Listeners)
            {
                var at = from + instant + _world.Random.NextInt64(100 * SimTime.Millisecond);
                var wantsUnicast = instant == 0;
                _network.At(at, () => listener.Browse(wantsUnicast));
                _network.At(at + (400 * SimTime.Millisecond), () => listener.Resolve(wantsUnicast));
            }
        }
    }
}
