using System.Net;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Transport;

// What happens on the waiting thread.
public sealed partial class UdpMulticastTransport
{
    /// <summary>Datagrams read from one socket before the next gets its turn.</summary>
    private const int DatagramsPerTurn = 32;

    /// <summary>Entries before those of the sockets: being woken, and news about interfaces.</summary>
    private const int FixedEntries = 2;

    /// <summary>
    /// How soon another responder that starts later is noticed. Until then it misses the unicast datagrams our own sockets take.
    /// </summary>
    private static readonly TimeSpan PortLook = TimeSpan.FromSeconds(10);

    private readonly byte[] _datagram = new byte[MulticastGroup.LargestDatagram];
    private readonly SourceCache _sources = new();
    private readonly List<LinkSocket> _open = [];
    private PollEntry[] _entries = [];
    private NetworkInterfaces? _interfaces;
    private long _portLookedAt;
    private long _droppedBefore;

    public bool Wait(TimeSpan atMost, DatagramReceived receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        var interfaces = _interfaces ?? throw new InvalidOperationException("Not started.");
        _entries[0].Descriptor = _wake.Descriptor;
        _entries[1].Descriptor = (int)(interfaces.Notices?.DangerousGetHandle() ?? -1);
        var found = Libc.Poll(_entries, (nuint)_entries.Length, Milliseconds(interfaces, atMost));
        if (found > 0)
        {
            TakeWake();
            if (_entries[1].Found != 0)
            {
                interfaces.TakeNotices();
            }

            for (var at = 0; at < _open.Count; at++)
            {
                if (_entries[at + FixedEntries].Found != 0)
                {
                    Receive(_open[at], receive);
                }
            }
        }

        return LookAround(interfaces);
    }

    public void Rest(TimeSpan time)
    {
        _entries[0].Descriptor = _wake.Descriptor;
        if (Libc.Poll(_entries.AsSpan(0, 1), 1, (int)Math.Ceiling(time.TotalMilliseconds)) > 0)
        {
            TakeWake();
        }
    }

    private void TakeWake()
    {
        if (_entries[0].Found != 0)
        {
            _wake.Reset();
        }
    }

    private bool LookAround(NetworkInterfaces interfaces)
    {
        var changed = false;
        if (interfaces.Wait == TimeSpan.Zero && interfaces.Look() is { } links)
        {
            // A new neighbour of ours on the port would be asked for its name over a socket of ours.
            changed = LookAtPort();
            changed |= Apply(interfaces, links);
        }
        else if (_time.GetElapsedTime(_portLookedAt) >= PortLook && LookAtPort())
        {
            changed = true;
            Apply(interfaces, _links);
        }

        return changed;
    }

    /// <summary>True when another responder came or went.</summary>
    private bool LookAtPort()
    {
        _portLookedAt = _time.GetTimestamp();
        if (PortSharing.HasOthers(_open.Count) is not { } shares || shares == _sharesPort)
        {
            return false;
        }

        _sharesPort = shares;
        if (shares)
        {
            TransportLog.PortShared(_logger);
        }
        else
        {
            TransportLog.PortAlone(_logger);
        }

        return true;
    }

    /// <summary>Makes the sockets fit the interfaces. True when <see cref="Links"/> is another list now.</summary>
    private bool Apply(NetworkInterfaces interfaces, IReadOnlyList<LinkInfo> wanted)
    {
        var before = _sockets;
        var after = new List<LinkSockets>(wanted.Count);
        foreach (var link in wanted)
        {
            var sockets = Array.Find(before, old => old.Link.Index == link.Index && old.Link.Name == link.Name)
                ?? new LinkSockets(link, _trouble);
            sockets.Update(link, _sharesPort);
            if (sockets.IsIncomplete)
            {
                interfaces.LookAgainSoon();
            }

            if (sockets.IsUsable)
            {
                after.Add(sockets);
            }
        }

        _sockets = [.. after];
        foreach (var old in before)
        {
            if (!after.Contains(old))
            {
                Interlocked.Add(ref _droppedBefore, old.Dropped);
                old.Close();
            }
        }

        CollectSockets();
        var links = after.ConvertAll(static sockets => sockets.Link).ToArray();
        var isChanged = !LinkLists.Same(_links, links);
        _links = links;
        return isChanged;
    }

    private void CollectSockets()
    {
        _open.Clear();
        foreach (var sockets in _sockets)
        {
            sockets.CollectInto(_open);
        }

        _entries = [new PollEntry(0), new PollEntry(0), .. _open.ConvertAll(
            static socket => new PollEntry((int)socket.Socket.SafeHandle.DangerousGetHandle()))];
    }

    private void Receive(LinkSocket socket, DatagramReceived receive)
    {
        Span<byte> address = stackalloc byte[SourceCache.AddressLength];
        for (var count = 0; count < DatagramsPerTurn; count++)
        {
            var addressLength = address.Length;
            var length = Libc.ReceiveFrom(
                socket.Socket.SafeHandle,
                _datagram,
                (nuint)_datagram.Length,
                Libc.DontWait | Libc.RealLength,
                address,
                ref addressLength);
            if (length == -1)
            {
                // Nothing more; or an error that an earlier send caused and that is gone now that it was read.
                return;
            }

            if (length > _datagram.Length)
            {
                _trouble.Metrics.TooLong();
            }
            else if (_sources.Find(address[..Math.Min(addressLength, address.Length)]) is { } source && MayUse(socket, source))
            {
                receive(socket.Link.Index, source, socket.ToGroup, _datagram.AsSpan(0, (int)length));
            }
        }
    }

    private bool MayUse(LinkSocket socket, IPEndPoint source)
    {
        if (source.Port == 0)
        {
            _trouble.Metrics.BadSource();
            return false;
        }

        if (!socket.ToGroup && !OnLink.Contains(socket.Link, source.Address))
        {
            _trouble.Metrics.OffLink();
            return false;
        }

        return true;
    }

    private int Milliseconds(NetworkInterfaces interfaces, TimeSpan atMost)
    {
        var wait = Math.Min(interfaces.Wait.TotalMilliseconds, (PortLook - _time.GetElapsedTime(_portLookedAt)).TotalMilliseconds);
        if (atMost != Timeout.InfiniteTimeSpan)
        {
            wait = Math.Min(wait, atMost.TotalMilliseconds);
        }

        return (int)Math.Ceiling(Math.Max(wait, 0));
    }
}
