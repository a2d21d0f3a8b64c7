using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Beacon.Mdns.Wire;

/// <summary>
/// Remembers where in the message each ending of a name begins, so that later names can point to it (RFC 1035 §4.1.4). Bytes must
/// match exactly, case included, so that every name is read back as it was given.
/// </summary>
/// <remarks>An open-addressed table of offsets. Endings beyond its room are written out, which costs bytes and nothing else.</remarks>
internal struct NameCompressor
{
    /// <summary>Power of two. An ordinary packet of 1,472 bytes holds some sixty different endings.</summary>
    private const int Slots = 256;

    /// <summary>Three quarters of the slots, so that searches stay short.</summary>
    private const int Room = Slots * 3 / 4;

    private Offsets _offsets;
    private Order _order;
    private int _count;

    /// <summary>What <see cref="Undo"/> takes to forget all that was remembered since.</summary>
    public readonly int Mark => _count;

    /// <summary>Writes a name at an offset, its ending as a pointer where that is known and allowed.</summary>
    /// <param name="name">Uncompressed and valid.</param>
    /// <returns>False when it does not fit; the caller then goes back to its mark.</returns>
    public bool TryWrite(Span<byte> message, ref int at, ReadOnlySpan<byte> name, bool mayPoint)
    {
        var start = at;
        while (name[0] != 0)
        {
            var known = Find(message, name, start, out var slot);
            if (known != 0 && mayPoint)
            {
                if (message.Length - at < DnsLimits.PointerLength)
                {
                    return false;
                }

                BinaryPrimitives.WriteUInt16BigEndian(message[at..], LabelByte.Pointer(known));
                at += DnsLimits.PointerLength;
                return true;
            }

            var length = name[0] + 1;
            if (!name[..length].TryCopyTo(message[at..]))
            {
                return false;
            }

            if (known == 0 && at < DnsLimits.PointerReach && _count < Room)
            {
                _offsets[slot] = (ushort)at;
                _order[_count++] = (byte)slot;
            }

            name = name[length..];
            at += length;
        }

        if (at == message.Length)
        {
            return false;
        }

        message[at++] = 0;
        return true;
    }

    /// <summary>Newest first, so that no search ever crosses a gap.</summary>
    public void Undo(int mark)
    {
        while (_count > mark)
        {
            _offsets[_order[--_count]] = 0;
        }
    }

    /// <summary>The offset of this ending, or 0 with the slot it would take.</summary>
    /// <param name="before">Start of the name being written: its own endings are not whole yet.</param>
    private readonly int Find(ReadOnlySpan<byte> message, ReadOnlySpan<byte> ending, int before, out int slot)
    {
        var label = new NameHash();
        label.Add(ending.Slice(1, ending[0]));
        slot = (label.Value + ending.Length) & (Slots - 1);
        while (_offsets[slot] is not 0 and var offset)
        {
            if (offset < before && IsAt(message, offset, ending))
            {
                return offset;
            }

            slot = (slot + 1) & (Slots - 1);
        }

        return 0;
    }

    private static bool IsAt(ReadOnlySpan<byte> message, int offset, ReadOnlySpan<byte> ending)
    {
        foreach (var label in new LabelEnumerator(message, offset))
        {
            if (label.Length != ending[0] || !label.SequenceEqual(ending.Slice(1, label.Length)))
            {
                return false;
            }

            ending = ending[(label.Length + 1)..];
        }

        return ending[0] == 0;
    }

    [InlineArray(Slots)]
    private struct Offsets
    {
        /// <summary>0 is a free slot: no name lies in the header.</summary>
        private ushort _first;
    }

    [InlineArray(Room)]
    private struct Order
    {
        private byte _first;
    }
}
