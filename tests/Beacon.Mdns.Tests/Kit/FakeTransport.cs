using System.Collections.Concurrent;
using System.Net;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>Links without sockets for the responder's own thread, on the test's clock; every datagram sent can be waited for.</summary>
internal sealed class FakeTransport(TimeProvider time, params LinkInfo[] links) : IMulticastTransport
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly BlockingCollection<DecodedMessage> _sent = [];
    private readonly object _gate = new();
    private readonly Queue<byte[]> _arrived = [];
    private bool _isWoken;
    private bool _isChanged;
    private volatile bool _isResting;

    /// <summary>The responder's thread has done all there was and waits for the clock or for something to happen.</summary>
    public bool IsResting => _isResting;

    public IReadOnlyList<LinkInfo> Links { get; private set; } = links;

    public bool SharesPort => false;

    public long Dropped => 0;

    public void Start()
    {
    }

    public bool Wait(TimeSpan atMost, DatagramReceived receive)
    {
        using var timer = atMost == Timeout.InfiniteTimeSpan
            ? null
            : time.CreateTimer(static state => ((FakeTransport)state!).Wake(), this, atMost, Timeout.InfiniteTimeSpan);
        List<byte[]> arrived;
        bool isChanged;
        lock (_gate)
        {
            while (!_isWoken && !_isChanged && _arrived.Count == 0)
            {
                _isResting = true;
                Monitor.Wait(_gate);
            }

            _isResting = false;

            arrived = [.. _arrived];
            _arrived.Clear();
            isChanged = _isChanged;
            _isWoken = _isChanged = false;
        }

        foreach (var datagram in arrived)
        {
            receive(EngineHarness.Eth0, EngineHarness.Peer, true, datagram);
        }

        return isChanged;
    }

    public void Rest(TimeSpan time)
    {
    }

    public void Wake() => Change(() => _isWoken = true);

    public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => _sent.Add(new DecodedMessage(datagram.ToArray()));

    public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        _sent.Add(new DecodedMessage(datagram.ToArray()));

    public void SetLinks(params LinkInfo[] now) => Change(() =>
    {
        Links = now;
        _isChanged = true;
    });

    public void Receive(PacketBuilder packet) => Change(() => _arrived.Enqueue(packet.ToArray()));

    /// <summary>What was sent next, if anything comes within a moment that lets other threads run.</summary>
    public DecodedMessage? Next() => _sent.TryTake(out var message, Moment) ? message : null;

    public ValueTask DisposeAsync()
    {
        _sent.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            _isResting = false;
            change();
            Monitor.PulseAll(_gate);
        }
    }
}
