using System.Net;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Transport;

/// <summary>
/// mDNS over real sockets: one per interface and family, bound to the group's address, so that nothing is taken from another responder
/// on this host. Interfaces may come, change and go while it runs; where none is usable it waits for one.
/// </summary>
/// <remarks>
/// The thread that calls <see cref="Wait"/> waits for all sockets and for news about interfaces; it alone opens and closes sockets.
/// Sending is for any thread and takes no lock.
/// </remarks>
public sealed partial class UdpMulticastTransport : IMulticastTransport
{
    private readonly IReadOnlyList<string>? _wanted;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TransportTrouble _trouble;
    private readonly WakeDescriptor _wake = new();
    private volatile LinkInfo[] _links = [];
    private volatile LinkSockets[] _sockets = [];
    private volatile bool _sharesPort;
    private bool _isDisposed;

    /// <param name="interfaces">Names or globs; null for all that look like a real network (see <see cref="MdnsOptions.Interfaces"/>).</param>
    public UdpMulticastTransport(IReadOnlyList<string>? interfaces, TimeProvider time, ILogger logger)
    {
        _wanted = interfaces;
        _time = time;
        _logger = logger;
        _trouble = new TransportTrouble(time, logger);
        _trouble.Metrics.ObserveDrops(() => Dropped);
    }

    public IReadOnlyList<LinkInfo> Links => _links;

    public bool SharesPort => _sharesPort;

    /// <summary>Sends that the system refused since start.</summary>
    public long SendFailures => _trouble.Metrics.SendFailures;

    public long Dropped
    {
        get
        {
            var total = Volatile.Read(ref _droppedBefore);
            foreach (var sockets in _sockets)
            {
                total += sockets.Dropped;
            }

            return total;
        }
    }

    public void Start()
    {
        if (_interfaces is not null)
        {
            throw new InvalidOperationException("Already started.");
        }

        _sharesPort = PortSharing.IsTaken();
        if (_sharesPort)
        {
            TransportLog.PortShared(_logger);
        }

        _interfaces = new NetworkInterfaces(_wanted, _time, _logger);
        _portLookedAt = _time.GetTimestamp();
        Apply(_interfaces, _interfaces.Look() ?? []);
        if (_links.Length == 0)
        {
            TransportLog.NoLink(_logger);
        }
    }

    public void Wake() => _wake.Set();

    public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => Find(linkIndex)?.SendToGroup(ipv6, datagram);

    public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Find(linkIndex)?.SendTo(destination, datagram);
    }

    /// <summary>Closes all sockets; nobody may be waiting. What was handed to a send call before is on its way.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            foreach (var sockets in _sockets)
            {
                sockets.Close();
            }

            _sockets = [];
            _interfaces?.Dispose();
            _wake.Dispose();
            _trouble.Metrics.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private LinkSockets? Find(int linkIndex)
    {
        foreach (var sockets in _sockets)
        {
            if (sockets.Link.Index == linkIndex)
            {
                return sockets;
            }
        }

        return null;
    }
}
