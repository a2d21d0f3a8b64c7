using System.Net;
using Beacon.Mdns.Links;
using Beacon.Registry.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>
/// The engine under a flood: what it sends is counted and thrown away, so that everything allocated is the engine's. In virtual time.
/// </summary>
internal sealed class FloodRig : IDatagramSink
{
    private readonly MdnsEngine _engine;
    private long _now;
    private long _allocatedBefore;

    public FloodRig(int services = 200)
    {
        _engine = new MdnsEngine(new MdnsOptions(), this, Store, _ => { }, new Random(1), new MdnsMetrics(), NullLogger.Instance);
        List<ServiceView> views = [.. Enumerable.Range(1, services).Select(n => Services.Create($"Sensor {n}", id: n).View())];
        _engine.Start([EngineHarness.Link(EngineHarness.Eth0, "10.77.1.1")], false, views, 0);
        Advance(TimeSpan.FromSeconds(60));
        Begin();
    }

    public MemoryNameStore Store { get; } = new();

    public MdnsEngine Engine => _engine;

    public int Multicasts { get; private set; }

    public int Unicasts { get; private set; }

    public long BytesSent { get; private set; }

    /// <summary>Since <see cref="Begin"/>, on this thread; more than what stays, so a bound on it bounds memory.</summary>
    public long Allocated => GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;

    /// <summary>Counts from here.</summary>
    public void Begin()
    {
        (Multicasts, Unicasts, BytesSent) = (0, 0, 0);
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    }

    public void Receive(ReadOnlySpan<byte> packet, IPEndPoint? source = null) =>
        _engine.OnDatagram(EngineHarness.Eth0, source ?? EngineHarness.Peer, toGroup: true, packet, _now);

    public void Advance(TimeSpan time)
    {
        var until = _now + time.Ticks;
        while (_engine.NextDue <= until)
        {
            _now = Math.Max(_now, _engine.NextDue);
            _engine.OnTimer(_now);
        }

        _now = until;
    }

    /// <summary>Does a plain resolver get an address for our host at once?</summary>
    public bool AnswersForItself()
    {
        var before = Unicasts;
        Receive(
            PacketBuilder.Query().Ask(_engine.HostName, DecodedRecord.A).ToArray(), new IPEndPoint(IPAddress.Parse("10.77.1.77"), 40_000));
        return Unicasts == before + 1;
    }

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        Multicasts++;
        BytesSent += datagram.Length;
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        Unicasts++;
        BytesSent += datagram.Length;
    }
}
