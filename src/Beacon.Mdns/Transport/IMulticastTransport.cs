using System.Net;

namespace Beacon.Mdns.Transport;

/// <summary>
/// Sends and receives mDNS datagrams; the only seam that tests replace. It has no thread of its own: whoever waits in it receives, so that
/// a datagram is answered on the thread that read it, without a copy and without waking another.
/// </summary>
public interface IMulticastTransport : IAsyncDisposable
{
    /// <summary>The links in use now; a new list after each change. Any thread.</summary>
    IReadOnlyList<LinkInfo> Links { get; }

    /// <summary>True when another responder on this host holds port 5353 (RFC 6762 §15.1).</summary>
    bool SharesPort { get; }

    /// <summary>Datagrams the system threw away since the start because nobody read them in time. Any thread.</summary>
    long Dropped { get; }

    /// <summary>Opens sockets. From now on what arrives is kept by the system until somebody waits.</summary>
    void Start();

    /// <summary>
    /// Returns when datagrams were handed over, when links changed, after <see cref="Wake"/> or when the time is up, whichever is first.
    /// Hands over a bounded number of datagrams, so that a flood cannot keep the caller from its timers. One thread, always the same.
    /// </summary>
    /// <param name="atMost">Rounded up to a millisecond; <see cref="Timeout.InfiniteTimeSpan"/> for no limit, zero to look without waiting.</param>
    /// <param name="receive">Called on this thread; the span is only valid during the call. What it throws comes out of here.</param>
    /// <returns>True when <see cref="Links"/> or <see cref="SharesPort"/> is not what it was.</returns>
    bool Wait(TimeSpan atMost, DatagramReceived receive);

    /// <summary>
    /// Lets datagrams wait while they come too fast to be worth a wake-up each; only <see cref="Wake"/> and the time end it. The thread
    /// that waits.
    /// </summary>
    void Rest(TimeSpan time);

    /// <summary>Ends the wait under way, or the next one. Any thread; cheap when repeated, harmless after the end.</summary>
    void Wake();

    /// <summary>To the group, on one link and family. A failing link is counted and logged at most once a minute, never thrown.</summary>
    void SendToGroup(int linkIndex, bool ipv6, ReadOnlySpan<byte> datagram);

    /// <summary>To one address, from that link.</summary>
    void SendTo(int linkIndex, IPEndPoint destination, ReadOnlySpan<byte> datagram);
}

/// <param name="toGroup">True when the datagram was addressed to the multicast group.</param>
public delegate void DatagramReceived(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram);
