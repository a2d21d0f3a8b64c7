using System.Net;
using System.Runtime.InteropServices;
using Beacon.Mdns.Transport.Netlink;
using Microsoft.Extensions.Logging;

namespace Beacon.Mdns.Transport;

/// <summary>
/// mDNS over real sockets: one per interface and family, bound to the group's address, so that nothing is taken from another responder
/// on this host. Interfaces may come, change and go while it runs; where none is usable it waits for one.
/// </summary>
/// <remarks>
/// One thread waits for all sockets and for news about interfaces; it alone opens and closes sockets, calls the receiver and raises
/// <see cref="LinksChanged"/>. Sending is for any thread and takes no lock.
/// </remarks>
public sealed partial class UdpMulticastTransport : IMulticastTransport
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<string>? _wanted;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TransportTrouble _trouble;
    private readonly Thread _thread;
    private readonly Descriptor _stop;
    private DatagramReceived? _receive;
    private volatile bool _isStopping;
    private volatile LinkInfo[] _links = [];
    private volatile LinkSockets[] _sockets = [];
    private volatile bool _sharesPort;

    /// <param name="interfaces">Names or globs; null for all that look like a real network (see <see cref="MdnsOptions.Interfaces"/>).</param>
    public UdpMulticastTransport(IReadOnlyList<string>? interfaces, TimeProvider time, ILogger logger)
    {
        _wanted = interfaces;
        _time = time;
        _logger = logger;
        _trouble = new TransportTrouble(time, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "mdns-receive" };
        _stop = Libc.EventDescriptor(0, Libc.CloseOnExec);
    }

    public event Action? LinksChanged;

    public IReadOnlyList<LinkInfo> Links => _links;

    public bool SharesPort => _sharesPort;

    /// <summary>Sends that the system refused since start.</summary>
    public long SendFailures => _trouble.Metrics.SendFailures;

    public void Start(DatagramReceived receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        if (_receive is not null)
        {
            throw new InvalidOperationException("Already started.");
        }

        _receive = receive;
        _sharesPort = PortSharing.IsTaken();
        if (_sharesPort)
        {
            TransportLog.PortShared(_logger);
        }

        // Looked at here and not on the thread, so that the caller finds the links in place.
        var interfaces = new NetworkInterfaces(_wanted, _time, _logger);
        Apply(interfaces, interfaces.Look() ?? []);
        if (_links.Length == 0)
        {
            TransportLog.NoLink(_logger);
        }

        _interfaces = interfaces;
        _thread.Start();
    }

    public void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram) => Find(linkIndex)?.SendToGroup(ipv6, datagram);

    public void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Find(linkIndex)?.SendTo(destination, datagram);
    }

    /// <summary>Ends the thread and closes all sockets. What was handed to a send call before is on its way.</summary>
    public ValueTask DisposeAsync()
    {
        if (!_isStopping)
        {
            _isStopping = true;
            ulong one = 1;
            Libc.Write(_stop, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in one)), sizeof(ulong));
            if (_thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(StopTimeout))
            {
                _stop.Dispose();
            }

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
