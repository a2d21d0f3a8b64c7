using System.Net;
using Beacon.Mdns.Transport.Netlink;

namespace Beacon.Mdns.Transport;

// The transport's thread.
public sealed partial class UdpMulticastTransport
{
    /// <summary>Datagrams read from one socket before the next gets its turn.</summary>
    private const int DatagramsPerTurn = 32;

    /// <summary>
    /// How soon another responder that starts later is noticed. Until then it misses the unicast datagrams our own sockets take.
    /// </summary>
    private static readonly TimeSpan PortLook = TimeSpan.FromSeconds(10);

    /// <summary>After a failure, so that one that lasts does not keep a processor busy.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly byte[] _datagram = new byte[MulticastGroup.LargestDatagram];
    private readonly SourceCache _sources = new();
    private readonly List<LinkSocket> _open = [];
    private PollEntry[] _entries = [];
    private NetworkInterfaces? _interfaces;
    private long _portLookedAt;
    private bool _isPaused;

    private void Run()
    {
        var interfaces = _interfaces!;
        _portLookedAt = _time.GetTimestamp();
        while (!_isStopping)
        {
            try
            {
                Turn(interfaces);
                _isPaused = false;
            }
            catch (Exception exception)
            {
                // A bug, or memory ran out. Ending this thread would silence every service.
                _trouble.LoopFailed(exception);
                _isPaused = true;
            }
        }

        Close(interfaces);
    }

    /// <summary>The entries are: stopping, news about interfaces, then one per socket in the order of <see cref="_open"/>.</summary>
    private void Turn(NetworkInterfaces interfaces)
    {
        const int FixedEntries = 2;
        _entries[0].Descriptor = (int)_stop.DangerousGetHandle();
        _entries[1].Descriptor = (int)(interfaces.Notices?.DangerousGetHandle() ?? -1);
        var found = _isPaused
            ? Libc.Poll(_entries.AsSpan(0, 1), 1, (int)PauseAfterFailure.TotalMilliseconds)
            : Libc.Poll(_entries, (nuint)_entries.Length, Milliseconds(interfaces));
        if (_isStopping)
        {
            return;
        }

        if (found > 0 && !_isPaused)
        {
            if (_entries[1].Found != 0)
            {
                interfaces.TakeNotices();
            }

            for (var at = 0; at < _open.Count; at++)
            {
                if (_entries[at + FixedEntries].Found != 0)
                {
                    Receive(_open[at]);
                }
            }
        }

        LookAround(interfaces);
    }

    private void LookAround(NetworkInterfaces interfaces)
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

        if (changed)
        {
            LinksChanged?.Invoke();
        }
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

    private void Receive(LinkSocket socket)
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
                _receive!(socket.Link.Index, source, socket.ToGroup, _datagram.AsSpan(0, (int)length));
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

    private int Milliseconds(NetworkInterfaces interfaces)
    {
        var wait = Math.Min(interfaces.Wait.TotalMilliseconds, (PortLook - _time.GetElapsedTime(_portLookedAt)).TotalMilliseconds);
        return (int)Math.Ceiling(Math.Max(wait, 0));
    }

    private void Close(NetworkInterfaces interfaces)
    {
        foreach (var sockets in _sockets)
        {
            sockets.Close();
        }

        _sockets = [];
        interfaces.Dispose();
    }
}
