using System.Net;
using Beacon.Mdns.Links;
using Beacon.Mdns.Tests.Kit;
using Beacon.Mdns.Transport;
using Beacon.Registry.Events;
using Beacon.Registry.Services;

namespace Beacon.Mdns.Tests.Simulation.Hosts;

/// <summary>
/// A machine with Beacon on it: the engine, what is registered there, and the names it kept on disk. Knows what it should be saying, so
/// that what it says can be held against it.
/// </summary>
internal sealed class BeaconHost : SimHost, IDatagramSink
{
    /// <summary>A thread is not woken on the dot.</summary>
    private const long WakeJitter = 5 * SimTime.Millisecond;

    private const int MostTurnsAtOneInstant = 10_000;

    /// <summary>Nobody's address and port: where <see cref="Interrogate"/> has the answer sent.</summary>
    private const int InterrogatorNumber = 250;

    private const int InterrogatorPort = 40_000;
    private const ushort InterrogatorRoom = 1440;

    private readonly FakeNetwork _network;
    private readonly HostClock _clock;
    private readonly MemoryNameStore _store = new();
    private readonly SimLog _log;
    private readonly Action _wake;
    private MdnsEngine? _engine;
    private long _wakeAt = SimTime.Never;
    private long _stopLimit;
    private long _lastTurn;
    private int _turns;
    private byte[]? _captured;

    public BeaconHost(string name, FakeNetwork network, HostClock clock, MdnsOptions options)
        : base(name)
    {
        _network = network;
        _clock = clock;
        Options = options;
        _log = new SimLog(name, network);
        _wake = Wake;
        IsAlive = false;
    }

    public MdnsOptions Options { get; }

    public override bool HearsItself => true;

    public Dictionary<ServiceId, ServiceInstance> Services { get; } = [];

    public Dictionary<string, IPAddress> NameServer { get; init; } = [];

    /// <summary>Rises with each start: what an earlier process said does not bind the next one.</summary>
    public int Incarnation { get; private set; }

    /// <summary>Saying its goodbyes.</summary>
    public bool IsStopping { get; private set; }

    public long LocalNow => _clock.Local(_network.Now);

    public MdnsEngine Engine => _engine ?? throw new InvalidOperationException("Not running.");

    /// <summary>Stands in for a broken engine: how often each datagram to the group goes out; once when null.</summary>
    public Func<DecodedMessage, int>? Copies { get; set; }

    public void Boot()
    {
        if (_engine is not null)
        {
            return;
        }

        _network.Note($"{Name} starts");
        Incarnation++;
        IsAlive = true;
        IsStopping = false;
        _engine = new MdnsEngine(
            Options, this, _store, LookUp, new Random(_network.Random.Next()), new MdnsMetrics(), _log);
        _engine.Start(Links(), sharesPort: false, [.. Services.Values.Select(service => service.View())], LocalNow);
        Reschedule();
    }

    /// <summary>The plug is pulled.</summary>
    public void Crash()
    {
        _network.Note($"{Name} dies");
        _engine = null;
        IsAlive = false;
        IsStopping = false;
        _wakeAt = SimTime.Never;
    }

    public void Stop()
    {
        if (_engine is null || IsStopping)
        {
            return;
        }

        _network.Note($"{Name} stops");
        IsStopping = true;
        _stopLimit = _network.Now + MdnsTimings.StopLimit.Ticks;
        _engine.Stop(LocalNow);
        Reschedule();
        _network.At(_stopLimit, EndIfStopping);
    }

    /// <summary>Registered, or changed when it is there already.</summary>
    public void Register(ServiceInstance service)
    {
        var isNew = !Services.ContainsKey(service.Id);
        Services[service.Id] = service;
        Tell(service, isNew ? RegistryEventKind.Registered : RegistryEventKind.Updated);
    }

    public void Deregister(ServiceId id)
    {
        if (Services.Remove(id, out var service))
        {
            Tell(service, RegistryEventKind.Deregistered);
        }
    }

    public void OnPortsChanged()
    {
        if (_engine is not null && !IsStopping)
        {
            _network.Note($"{Name} has interfaces {string.Join(", ", Links().Select(link => $"{link.Index}={link.Addresses[0].Address}"))}");
            _engine.OnLinksChanged(Links(), sharesPort: false, LocalNow);
            Reschedule();
        }
    }

    public override void Receive(Port port, WirePacket packet)
    {
        if (_engine is not null)
        {
            _engine.OnDatagram(port.Index, packet.Source, packet.Destination is null, packet.Bytes, LocalNow);
            Reschedule();
        }
    }

    /// <summary>The question <see cref="Interrogate"/> puts: all there is under a name.</summary>
    public static byte[] QuestionFor(string name) => PacketBuilder.Query().Id(1).Ask(name, DecodedRecord.Any).Edns(InterrogatorRoom).ToArray();

    /// <summary>What it would tell a legacy resolver on this port now, without a packet on the network: empty unless it holds the name there.</summary>
    public IReadOnlyList<DecodedRecord> Interrogate(Port port, byte[] question)
    {
        if (_engine is null || IsStopping)
        {
            return [];
        }

        var address = new IPAddress([10, 77, (byte)port.Segment.Id, InterrogatorNumber]);
        _captured = null;
        _engine.OnDatagram(port.Index, new IPEndPoint(address, InterrogatorPort), true, question, LocalNow);
        Reschedule();
        return _captured is null ? [] : new DecodedMessage(_captured).Answers;
    }

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        var bytes = datagram.ToArray();
        for (var left = Copies?.Invoke(new DecodedMessage(bytes)) ?? 1; left > 0 && PortOf(linkIndex) is { } port; left--)
        {
            _network.Multicast(port, ipv6, bytes);
        }
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        if (destination.Port == InterrogatorPort)
        {
            _captured = datagram.ToArray();
        }
        else if (PortOf(linkIndex) is { } port)
        {
            _network.Unicast(port, destination, datagram.ToArray());
        }
    }

    private List<LinkInfo> Links() => [.. Ports.Where(port => port.IsUp).Select(port => port.Info)];

    private void Tell(ServiceInstance service, RegistryEventKind kind)
    {
        if (_engine is not null && !IsStopping)
        {
            _network.Note($"{Name}: {service.Name} {service.MdnsServiceType} at {service.Host}:{service.Port} {kind}");
            _engine.OnRegistryEvent(service.Event(kind), LocalNow);
            Reschedule();
        }
    }

    private void LookUp(string name)
    {
        var incarnation = Incarnation;
        _network.At(_network.Within(50 * SimTime.Millisecond), () =>
        {
            if (_engine is not null && Incarnation == incarnation)
            {
                _engine.OnLookup(name, NameServer.TryGetValue(name, out var address) ? [address] : [], LocalNow);
                Reschedule();
            }
        });
    }

    private void Wake()
    {
        if (_engine is null || _network.Now != _wakeAt)
        {
            return;
        }

        _turns = _lastTurn == _network.Now ? _turns + 1 : 0;
        _lastTurn = _network.Now;
        if (_turns > MostTurnsAtOneInstant)
        {
            throw new SimulationFailure($"{Name} does not come to rest");
        }

        _wakeAt = SimTime.Never;
        _engine.OnTimer(LocalNow);
        if (IsStopping && _engine.IsQuiet)
        {
            EndIfStopping();
            return;
        }

        Reschedule();
    }

    private void Reschedule()
    {
        if (_engine is null || _engine.NextDue == MdnsTimings.Idle)
        {
            return;
        }

        var due = _clock.Network(_engine.NextDue);
        var at = due <= _network.Now ? _network.Now : due + _network.Random.NextInt64(WakeJitter);
        if (at < _wakeAt)
        {
            _wakeAt = at;
            _network.At(at, _wake);
        }
    }

    private void EndIfStopping()
    {
        if (IsStopping && (_network.Now >= _stopLimit || Engine.IsQuiet))
        {
            Crash();
        }
    }
}
