using System.Collections.Concurrent;
using System.Net;

namespace Beacon.Mdns.Tests.Transport.Support;

/// <summary>What a transport handed over, waiting for the test to look at it.</summary>
internal sealed class Received
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Datagram> _datagrams = [];

    public void Add(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> bytes) =>
        _datagrams.Add(new Datagram(linkIndex, source, toGroup, bytes.ToArray()));

    /// <summary>The next one that fits; others are passed over.</summary>
    public Datagram Take(Func<Datagram, bool> wanted)
    {
        while (_datagrams.TryTake(out var datagram, Longest))
        {
            if (wanted(datagram))
            {
                return datagram;
            }
        }

        throw new TimeoutException("No such datagram was received.");
    }

    public bool HasAny(Func<Datagram, bool> wanted, TimeSpan within)
    {
        while (_datagrams.TryTake(out var datagram, within))
        {
            if (wanted(datagram))
            {
                return true;
            }
        }

        return false;
    }

    internal sealed record Datagram(int LinkIndex, IPEndPoint Source, bool ToGroup, byte[] Bytes);
}
