using System.Buffers;
using System.Net;

namespace Beacon.Mdns.Loop;

/// <summary>
/// Bounded ring between the receive threads and the engine. When it is full the newest datagram is dropped: what is queued was asked
/// earlier, and mDNS hosts ask again.
/// </summary>
/// <remarks>Any thread may put; one takes. The gate guards the ring and is held for a few instructions; nothing is called under it.</remarks>
internal sealed class Inbox(int capacity)
{
    private readonly Lock _gate = new();
    private readonly ReceivedDatagram[] _ring = new ReceivedDatagram[capacity];
    private int _first;
    private int _count;

    /// <summary>Copies the datagram. False when there was no room.</summary>
    /// <param name="wasEmpty">True when the taker may be asleep.</param>
    public bool TryPut(int linkIndex, IPEndPoint source, bool toGroup, ReadOnlySpan<byte> datagram, out bool wasEmpty)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, datagram.Length));
        datagram.CopyTo(buffer);
        lock (_gate)
        {
            wasEmpty = _count == 0;
            if (_count < _ring.Length)
            {
                _ring[(_first + _count) % _ring.Length] = new ReceivedDatagram(linkIndex, source, toGroup, buffer, datagram.Length);
                _count++;
                return true;
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return false;
    }

    /// <summary>Oldest first. The taker gives the buffer back with <see cref="Return"/>.</summary>
    public bool TryTake(out ReceivedDatagram datagram)
    {
        lock (_gate)
        {
            if (_count == 0)
            {
                datagram = default;
                return false;
            }

            datagram = _ring[_first];
            _ring[_first] = default;
            _first = (_first + 1) % _ring.Length;
            _count--;
            return true;
        }
    }

    public static void Return(in ReceivedDatagram datagram) => ArrayPool<byte>.Shared.Return(datagram.Buffer);
}
