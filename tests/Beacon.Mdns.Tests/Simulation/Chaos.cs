using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Tests.Simulation.Hosts;

namespace Beacon.Mdns.Tests.Simulation;

/// <summary>What goes wrong, and ordinary life, at random instants until a given one; from then on the network is as it should be.</summary>
internal sealed class Chaos(World world)
{
    private const int MostHappenings = 40;
    private const double MostLoss = 0.6;
    private const double MostDuplication = 0.3;
    private const double MostLate = 0.2;
    private const long MostDelay = 200 * SimTime.Millisecond;
    private const long LongestOutage = 20 * SimTime.Second;

    private readonly FakeNetwork _network = world.Network;
    private readonly Random _random = world.Network.Random;
    private long _until;

    public void Schedule(long from, long until)
    {
        _until = until;
        for (var count = _random.Next(MostHappenings); count > 0; count--)
        {
            _network.At(from + _random.NextInt64(until - from), Happen);
        }
    }

    /// <summary>Everything heals: the network, the interfaces, most of the hosts that died. Late packets are still under way.</summary>
    public void Calm()
    {
        _network.Note("== calm");
        foreach (var segment in _network.Segments)
        {
            segment.Conditions = LinkConditions.Perfect;
            segment.Ports.ForEach(port => port.Side = 0);
        }

        world.Thief?.GiveUp();
        foreach (var beacon in world.Beacons)
        {
            foreach (var port in beacon.Ports.Where(port => !port.IsUp))
            {
                BringUp(beacon, port);
            }

            if (!beacon.IsAlive && _random.Next(4) != 0)
            {
                beacon.Boot();
            }
        }
    }

    private void Happen()
    {
        switch (_random.Next(16))
        {
            case 0 or 1 or 2:
                Worsen();
                break;
            case 3:
                Partition();
                break;
            case 4:
                Bridge();
                break;
            case 5 or 6:
                PullCable();
                break;
            case 7 or 8:
                Restart();
                break;
            case 9 or 10:
                ChangeService();
                break;
            case 11:
                Misbehave();
                break;
            case 12:
                ComeOrGo();
                break;
            default:
                Ask();
                break;
        }
    }

    private void Worsen()
    {
        var segment = Any(_network.Segments);
        segment.Conditions = new LinkConditions(
            Loss: _random.Next(2) * _random.NextDouble() * MostLoss,
            Duplication: _random.Next(2) * _random.NextDouble() * MostDuplication,
            DelayMost: 1 + (_random.Next(2) * _random.NextInt64(MostDelay)),
            Late: _random.Next(2) * _random.NextDouble() * MostLate);
        _network.Note($"segment {segment.Id}: {segment.Conditions}");
    }

    private void Partition()
    {
        _network.Note("the network falls apart");
        foreach (var port in _network.Segments.SelectMany(segment => segment.Ports))
        {
            port.Side = _random.Next(2);
        }

        Later(() =>
        {
            _network.Note("the network is whole again");
            foreach (var port in _network.Segments.SelectMany(segment => segment.Ports))
            {
                port.Side = 0;
            }
        });
    }

    private void Bridge()
    {
        if (_network.Segments.Count < 2 || world.Reflector is not null)
        {
            return;
        }

        var (first, second) = (_network.Segments[0], _network.Segments[1]);
        if (first.BridgedTo is null)
        {
            _network.Note("segments 1 and 2 are bridged");
            (first.BridgedTo, second.BridgedTo) = (second, first);
        }
        else
        {
            _network.Note("the bridge is gone");
            (first.BridgedTo, second.BridgedTo) = (null, null);
        }
    }

    private void PullCable()
    {
        var beacon = Any(world.Beacons);
        var port = Any(beacon.Ports);
        if (!port.IsUp)
        {
            return;
        }

        port.IsUp = false;
        world.Rate.Forget(beacon);
        beacon.OnPortsChanged();
        Later(() => BringUp(beacon, port));
    }

    private void BringUp(BeaconHost beacon, Port port)
    {
        if (port.IsUp)
        {
            return;
        }

        if (_random.Next(3) == 0)
        {
            port.Index = world.NewIndex();
        }

        if (_random.Next(3) == 0)
        {
            port.Readdress(world.NewHostNumber());
        }

        port.IsUp = true;
        beacon.OnPortsChanged();
    }

    private void Restart()
    {
        var beacon = Any(world.Beacons);
        if (_random.Next(2) == 0)
        {
            beacon.Crash();
        }
        else
        {
            beacon.Stop();
        }

        Later(() =>
        {
            if (!beacon.IsAlive)
            {
                beacon.Boot();
            }
        });
    }

    private void ChangeService()
    {
        var beacon = Any(world.Beacons);
        if (world.AreTwins)
        {
            ChangeTwins(beacon);
            return;
        }

        var services = beacon.Services.Values.ToList();
        if (services.Count == 0 || _random.Next(3) == 0)
        {
            beacon.Register(world.NewService(
                WorldMaker.PickName(_random), WorldMaker.PickHost(_random), Any(World.ServiceTypes)));
            return;
        }

        var service = Any(services);
        switch (_random.Next(4))
        {
            case 0:
                beacon.Deregister(service.Id);
                break;
            case 1:
                beacon.Register(world.NewService(service.Name, service.Host, service.MdnsServiceType, service.Id) with { Port = service.Port });
                break;
            case 2:
                beacon.Register(service with { Port = world.NewService("", "localhost", service.MdnsServiceType).Port });
                break;
            default:
                beacon.Register(service with { Host = WorldMaker.PickHost(_random) });
                break;
        }
    }

    /// <summary>A client that is registered with several Beacons leaves one of them and comes back with the same data.</summary>
    private void ChangeTwins(BeaconHost beacon)
    {
        if (beacon.Services.Count == 0)
        {
            return;
        }

        var service = Any(beacon.Services.Values.ToList());
        beacon.Deregister(service.Id);
        _network.At(_network.Within(5 * SimTime.Second), () => beacon.Register(service));
    }

    private void Misbehave()
    {
        if (world.Thief is not { } thief)
        {
            return;
        }

        switch (_random.Next(3))
        {
            case 0 when world.Names.InOrder.Count > 0:
                thief.Defends = _random.Next(2) == 0;
                thief.Steal(Any(world.Names.InOrder));
                break;
            case 1:
                thief.ObjectsToAll = true;
                break;
            default:
                thief.OutbidsProbes = true;
                break;
        }

        Later(thief.GiveUp);
    }

    private void ComeOrGo()
    {
        if (world.Peers.Count == 0)
        {
            return;
        }

        var peer = Any(world.Peers);
        if (peer.IsAlive)
        {
            peer.Leave(sayGoodbye: _random.Next(2) == 0);
        }
        else
        {
            peer.Start();
        }
    }

    private void Ask()
    {
        var listener = Any(world.Listeners);
        var wantsUnicast = _random.Next(2) == 0;
        listener.Browse(wantsUnicast);
        _network.At(_network.Within(SimTime.Second), () => listener.Resolve(wantsUnicast));
        if (world.Legacy.Count > 0 && world.Names.InOrder.Count > 0)
        {
            world.Legacy[0].Ask(Any(world.Names.InOrder), DecodedRecord.Any);
        }
    }

    private void Later(Action act) => _network.At(Math.Min(_until, _network.Within(LongestOutage)), act);

    private T Any<T>(IReadOnlyList<T> from) => WorldMaker.Pick(_random, from);
}
