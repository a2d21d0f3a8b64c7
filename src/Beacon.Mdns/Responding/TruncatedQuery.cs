using System.Buffers;
using System.Net;

namespace Beacon.Mdns.Responding;

/// <summary>One host's query in several packets, as far as they came. Disposing gives the buffers back.</summary>
internal sealed class TruncatedQuery(IPEndPoint source, bool toGroup, long limit) : IDisposable
{
    private readonly List<ReadOnlyMemory<byte>> _packets = [];
    private readonly List<byte[]> _buffers = [];

    public IPEndPoint Source { get; } = source;

    public bool ToGroup { get; } = toGroup;

    /// <summary>However many packets follow, it is answered by then.</summary>
    public long Limit { get; } = limit;

    public long Due { get; set; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Packets => _packets;

    /// <summary>Memory held, in bytes.</summary>
    public int Bytes { get; private set; }

    public void Keep(ReadOnlySpan<byte> datagram)
    {
        if (_packets.Count == MdnsLimits.TruncatedPackets)
        {
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(datagram.Length);
        datagram.CopyTo(buffer);
        _buffers.Add(buffer);
        Bytes += buffer.Length;
        _packets.Add(buffer.AsMemory(0, datagram.Length));
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        _buffers.Clear();
        _packets.Clear();
    }
}
