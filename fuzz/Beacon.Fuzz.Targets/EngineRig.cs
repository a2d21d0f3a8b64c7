using System.Net;
using Beacon.Mdns;
using Beacon.Mdns.Links;
using Beacon.Mdns.Publishing;
using Beacon.Mdns.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beacon.Fuzz.Targets;

/// <summary>A whole engine in virtual time, with every call and every packet held against bounds.</summary>
internal sealed class EngineRig : IDatagramSink, IMdnsNameStore
{
    /// <summary>Timers in one wait; an engine that keeps waking at one instant passes this at once.</summary>
    private const int MostTurns = 20_000;

    /// <summary>What one received datagram may allocate: a renamed host with all its records, buffers of a truncated query.</summary>
    private const long MostBytesPerDatagram = 256 * 1024;

    /// <summary>Of a looped datagram: the array's header, and its share of the queue's growing.</summary>
    private const int CopyOverhead = 512;

    private readonly Dictionary<string, string> _stored = [];
    private readonly Queue<(int Link, byte[] Bytes)> _looped = new();
    private readonly SentCheck _check;
    private readonly bool _loopsBack;
    private IReadOnlyList<LinkInfo> _links = ScriptLinks.Usual;
    private long _copied;

    public EngineRig(int seed, bool loopsBack, bool sharesPort)
    {
        _loopsBack = loopsBack;
        _check = new SentCheck(Echoes);
        Engine = new MdnsEngine(
            new MdnsOptions { Version = "2.0.0" }, this, this, Wanted.Add, new Random(seed), new MdnsMetrics(), NullLogger.Instance);
        Engine.Start(_links, sharesPort, [ScriptServices.View(0, 0)], Now);
        Loop();
    }

    public MdnsEngine Engine { get; }

    /// <summary>Virtual, in ticks.</summary>
    public long Now { get; private set; }

    public int Sent { get; private set; }

    /// <summary>Host names the engine wants looked up, in order.</summary>
    public List<string> Wanted { get; } = [];

    /// <summary>The last datagrams the engine sent.</summary>
    public EchoRing Echoes { get; } = new();

    public void Receive(int link, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var copied = _copied;
        Engine.OnDatagram(link, source, toGroup, datagram, Now);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - (_copied - copied);
        Invariant.Holds(allocated <= MostBytesPerDatagram, "One datagram made the engine allocate without measure.");
        Loop();
    }

    public void Advance(TimeSpan time)
    {
        var until = Now + time.Ticks;
        for (var turns = 0; Engine.NextDue <= until; turns++)
        {
            Invariant.Holds(turns < MostTurns, "The engine does not come to rest.");
            Now = Math.Max(Now, Engine.NextDue);
            Engine.OnTimer(Now);
            Loop();
        }

        Now = until;
    }

    public void SetLinks(IReadOnlyList<LinkInfo> links)
    {
        _links = links;
        Engine.OnLinksChanged(links, sharesPort: false, Now);
        Loop();
    }

    /// <summary>What a call outside this class made the engine send comes back, as from real sockets.</summary>
    public void Loop()
    {
        while (_looped.TryDequeue(out var packet))
        {
            Engine.OnDatagram(packet.Link, OwnAddress(packet.Link), toGroup: true, packet.Bytes, Now);
        }
    }

    /// <summary>Does an answer with this name and type go out while the question is asked and the time passes?</summary>
    public bool IsAnswered(int link, IPEndPoint source, byte[] name, ushort type, ReadOnlySpan<byte> query, TimeSpan wait)
    {
        _check.Expect(name, type);
        Receive(link, source, toGroup: true, query);
        Advance(wait);
        return _check.IsMet;
    }

    void IDatagramSink.SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram)
    {
        Note(linkIndex, datagram);
        if (_loopsBack)
        {
            _looped.Enqueue((linkIndex, datagram.ToArray()));
            _copied += datagram.Length + CopyOverhead;
        }
    }

    void IDatagramSink.SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        Invariant.Holds(destination.Port != 0, "An answer went to port 0.");
        Note(linkIndex, datagram);
    }

    string? IMdnsNameStore.Read(string key) => _stored.GetValueOrDefault(key);

    void IMdnsNameStore.Write(string key, string value) => _stored[key] = value;

    void IMdnsNameStore.Forget(string key) => _stored.Remove(key);

    private void Note(int link, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        _check.OnSent(link, datagram);
    }

    private IPEndPoint OwnAddress(int index)
    {
        foreach (var link in _links)
        {
            if (link.Index == index)
            {
                return new IPEndPoint(link.Addresses[0].Address, MdnsLimits.Port);
            }
        }

        return new IPEndPoint(IPAddress.Loopback, MdnsLimits.Port);
    }
}
