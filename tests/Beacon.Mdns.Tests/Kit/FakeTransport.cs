using System.Collections.Concurrent;
using System.Net;
using Beacon.Mdns.Transport;

namespace Beacon.Mdns.Tests.Kit;

/// <summary>Links without sockets for the responder's own thread; every datagram sent can be waited for.</summary>
internal sealed class FakeTransport(params LinkInfo[] links) : IMulticastTransport
{
    private readonly BlockingCollection<DecodedMessage> _sent = [];
    private DatagramReceived? _receive;

    public event Action? LinksChanged;

    public IReadOnlyList<LinkInfo> Links { get; private set; } = links;

    public bool SharesPort => false;

    public void Start(DatagramReceived receive) => _receive = receive;

    public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => _sent.Add(new DecodedMessage(datagram.ToArray()));

    public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram) =>
        _sent.Add(new DecodedMessage(datagram.ToArray()));

    public void SetLinks(params LinkInfo[] now)
    {
        Links = now;
        LinksChanged?.Invoke();
    }

    public void Receive(PacketBuilder packet) => _receive?.Invoke(EngineHarness.Eth0, EngineHarness.Peer, true, packet.ToArray());

    /// <summary>The next message that fits, however long the thread takes; null when none comes in five real seconds.</summary>
    public DecodedMessage? Next(Predicate<DecodedMessage> fits)
    {
        while (_sent.TryTake(out var message, TimeSpan.FromSeconds(5)))
        {
            if (fits(message))
            {
                return message;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _sent.Dispose();
        return ValueTask.CompletedTask;
    }
}
