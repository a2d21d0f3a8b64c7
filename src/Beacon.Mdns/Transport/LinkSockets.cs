using System.Net;
using System.Net.Sockets;

namespace Beacon.Mdns.Transport;

/// <summary>
/// All sockets of one link. Opened, changed and closed by the transport's thread; sending from any thread may meet a closed socket and
/// takes that for a failed send.
/// </summary>
internal sealed class LinkSockets(LinkInfo link, TransportTrouble trouble)
{
    private volatile LinkSocket[] _unicast = [];
    private volatile LinkSocket? _ipv4;
    private volatile LinkSocket? _ipv6;

    /// <summary>With the families that have a socket: less than the interface has when one could not be opened.</summary>
    public LinkInfo Link { get; private set; } = link;

    public bool IsUsable => _ipv4 is not null || _ipv6 is not null;

    /// <summary>Is there a family that should work and does not?</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Datagrams the system threw away because they were not read in time, on the sockets open now. Any thread.</summary>
    public long Dropped
    {
        get
        {
            var total = (_ipv4?.Dropped ?? 0) + (_ipv6?.Dropped ?? 0);
            foreach (var socket in _unicast)
            {
                total += socket.Dropped;
            }

            return total;
        }
    }

    /// <summary>Opens what is missing and closes what is too much for this state of the interface.</summary>
    public void Update(LinkInfo wanted, bool sharesPort)
    {
        _ipv4 = Keep(_ipv4, wanted, ipv6: false);
        _ipv6 = Keep(_ipv6, wanted, ipv6: true);
        IsIncomplete = (_ipv4 is not null, _ipv6 is not null) != (wanted.HasIPv4, wanted.HasIPv6);
        var before = Link;
        Link = wanted with { HasIPv4 = _ipv4 is not null, HasIPv6 = _ipv6 is not null };
        UpdateUnicast(wantsAny: !sharesPort && IsUsable, isUnchanged: LinkLists.Same(before, Link));
    }

    public void CollectInto(List<LinkSocket> sockets)
    {
        if (_ipv4 is { } ipv4)
        {
            sockets.Add(ipv4);
        }

        if (_ipv6 is { } ipv6)
        {
            sockets.Add(ipv6);
        }

        sockets.AddRange(_unicast);
    }

    public void SendToGroup(bool ipv6, ReadOnlySpan<byte> datagram)
    {
        if ((ipv6 ? _ipv6 : _ipv4) is { } socket)
        {
            Send(socket, socket.Bound, datagram);
        }
    }

    public void SendTo(IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        if ((destination.AddressFamily == AddressFamily.InterNetworkV6 ? _ipv6 : _ipv4) is { } socket)
        {
            Send(socket, destination, datagram);
        }
    }

    public void Close()
    {
        _ipv4?.Dispose();
        _ipv6?.Dispose();
        (_ipv4, _ipv6) = (null, null);
        CloseUnicast();
    }

    private LinkSocket? Keep(LinkSocket? socket, LinkInfo wanted, bool ipv6)
    {
        if (!(ipv6 ? wanted.HasIPv6 : wanted.HasIPv4))
        {
            socket?.Dispose();
            return null;
        }

        if (socket is not null)
        {
            return socket;
        }

        try
        {
            return LinkSocket.OpenGroup(wanted, ipv6);
        }
        catch (SocketException exception)
        {
            trouble.OpenFailed(wanted, MulticastGroup.On(wanted.Index, ipv6), exception);
            return null;
        }
    }

    /// <summary>Addresses change seldom and these sockets hold nothing, so all are opened anew after any change.</summary>
    private void UpdateUnicast(bool wantsAny, bool isUnchanged)
    {
        if (wantsAny && isUnchanged && _unicast.Length == Link.Addresses.Count)
        {
            return;
        }

        CloseUnicast();
        if (!wantsAny)
        {
            return;
        }

        var opened = new List<LinkSocket>(Link.Addresses.Count);
        foreach (var address in Link.Addresses)
        {
            try
            {
                opened.Add(LinkSocket.OpenUnicast(Link, address.Address));
            }
            catch (SocketException exception)
            {
                trouble.OpenFailed(Link, new IPEndPoint(address.Address, MulticastGroup.Port), exception);
            }
        }

        _unicast = [.. opened];
    }

    private void CloseUnicast()
    {
        foreach (var socket in _unicast)
        {
            socket.Dispose();
        }

        _unicast = [];
    }

    private void Send(LinkSocket socket, IPEndPoint destination, ReadOnlySpan<byte> datagram)
    {
        try
        {
            // A serialised address is what keeps sending from allocating: peers bring theirs.
            var address = ReferenceEquals(destination, socket.Bound) ? socket.BoundAddress : (destination as PeerEndPoint)?.Serialised;
            if (address is not null)
            {
                socket.Socket.SendTo(datagram, SocketFlags.None, address);
            }
            else
            {
                socket.Socket.SendTo(datagram, SocketFlags.None, destination);
            }
        }
        catch (SocketException exception)
        {
            trouble.SendFailed(socket.Link, destination, exception);
        }
        catch (ObjectDisposedException)
        {
            // The interface went away this moment; what was to be said there has no listener.
        }
    }
}
