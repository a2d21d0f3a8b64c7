using System.Net;

namespace Beacon.Mdns.Responding;

/// <summary>
/// How many unicast answers a link and each of its hosts may have: a second's worth at once, then at a steady rate. One broken or forged
/// asker thus takes a tenth of what the link gives. Answers to everybody are limited otherwise, by a second between two copies of a record.
/// </summary>
/// <remarks>
/// Hosts share a fixed number of buckets, so that ten thousand forged sources cost no memory; two hosts that meet in one bucket share its
/// rate. Owned by the engine's thread.
/// </remarks>
internal sealed class UnicastBudget(int perSecond)
{
    private const int Buckets = 256;
    private const int HostShare = 10;
    private const int AddressBytes = 16;

    // FNV-1a. Its highest byte tells neighbours of one subnet apart best.
    private const uint FirstHash = 2_166_136_261;
    private const uint HashFactor = 16_777_619;
    private const int HashShift = 24;

    private readonly Bucket[] _hosts = new Bucket[Buckets];
    private readonly int _perHost = Math.Max(1, perSecond / HostShare);
    private Bucket _link;

    /// <summary>False when the answer must not be sent. A rate of 0 has no limit.</summary>
    public bool TryTake(IPAddress asker, long now)
    {
        if (perSecond == 0)
        {
            return true;
        }

        ref var host = ref _hosts[BucketOf(asker)];
        if (!host.HasOne(_perHost, now) || !_link.HasOne(perSecond, now))
        {
            return false;
        }

        host.Take();
        _link.Take();
        return true;
    }

    /// <summary>By the address's bytes: the runtime's hash is another one in each process, and the same packets would be answered otherwise.</summary>
    private static int BucketOf(IPAddress asker)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        _ = asker.TryWriteBytes(bytes, out var length);
        var hash = FirstHash;
        foreach (var each in bytes[..length])
        {
            hash = (hash ^ each) * HashFactor;
        }

        return (int)(hash >> HashShift);
    }

    private struct Bucket
    {
        private double _taken;
        private long _filledAt;

        public bool HasOne(int perSecond, long now)
        {
            _taken = Math.Max(0, _taken - ((double)(now - _filledAt) / TimeSpan.TicksPerSecond * perSecond));
            _filledAt = now;
            return _taken <= perSecond - 1;
        }

        public void Take() => _taken++;
    }
}
