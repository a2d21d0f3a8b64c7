using System.Diagnostics;

namespace Beacon.Registry.Leases;

/// <summary>
/// Hierarchical timer wheel: tells which items are due at a tick, never early. Schedule, move and cancel are O(1); advancing costs one
/// step per tick and one per item that is due or moves inward (Varghese and Lauck, 1987, scheme 7).
/// </summary>
/// <remarks>Not thread-safe: its owner locks. Entries live in one pooled array as linked lists, so scheduling allocates only when the pool grows.</remarks>
public sealed partial class LeaseWheel<T>
    where T : class
{
    /// <summary>A power of two, so that a slot is a few bits of the tick.</summary>
    private const int SlotBits = 8;

    private const int SlotsPerLevel = 1 << SlotBits;
    private const int SlotMask = SlotsPerLevel - 1;

    /// <summary>256³ ticks of 50 ms are nine days; the longest lease is one.</summary>
    private const int Levels = 3;

    private const long Horizon = 1L << (SlotBits * Levels);
    private const int None = -1;
    private const int InitialPool = 64;

    private readonly int[] _heads = new int[Levels * SlotsPerLevel];
    private Entry[] _entries = new Entry[InitialPool];
    private int _used;
    private int _free = None;

    /// <param name="startTick">The tick that counts as already advanced to.</param>
    public LeaseWheel(long startTick)
    {
        CurrentTick = startTick;
        Array.Fill(_heads, None);
    }

    /// <summary>All items due at or before this tick have been handed out.</summary>
    public long CurrentTick { get; private set; }

    public int Count { get; private set; }

    /// <summary>A tick that has passed already is due at the next advance.</summary>
    public LeaseHandle Schedule(T item, long dueTick)
    {
        var index = Take();
        ref var entry = ref _entries[index];
        entry.Item = item;
        entry.DueTick = dueTick;
        Link(index);
        Count++;
        return new LeaseHandle(index, entry.Generation);
    }

    /// <summary>False when the entry is no longer scheduled.</summary>
    public bool Move(LeaseHandle handle, long dueTick)
    {
        if (!IsLive(handle))
        {
            return false;
        }

        Unlink(handle.Index);
        _entries[handle.Index].DueTick = dueTick;
        Link(handle.Index);
        return true;
    }

    /// <inheritdoc cref="Move"/>
    public bool Cancel(LeaseHandle handle)
    {
        if (!IsLive(handle))
        {
            return false;
        }

        Unlink(handle.Index);
        Release(handle.Index);
        return true;
    }

    private bool IsLive(LeaseHandle handle) =>
        (uint)handle.Index < (uint)_used
        && _entries[handle.Index].Generation == handle.Generation
        && _entries[handle.Index].Item is not null;

    private int Take()
    {
        if (_free != None)
        {
            var index = _free;
            _free = _entries[index].Next;
            return index;
        }

        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        // Generations start at 1, so that a handle that was never given out (all zeros) names no entry.
        _entries[_used].Generation = 1;
        return _used++;
    }

    private void Release(int index)
    {
        ref var entry = ref _entries[index];
        entry.Item = null;
        entry.Generation++;
        entry.Next = _free;
        _free = index;
        Count--;
    }

    private void Link(int index) => Push(index, SlotOf(_entries[index].DueTick));

    private void Push(int index, int slot)
    {
        ref var entry = ref _entries[index];
        var head = _heads[slot];
        entry.Slot = slot;
        entry.Previous = None;
        entry.Next = head;
        if (head != None)
        {
            _entries[head].Previous = index;
        }

        _heads[slot] = index;
    }

    private void Unlink(int index)
    {
        ref var entry = ref _entries[index];
        if (entry.Previous == None)
        {
            Debug.Assert(_heads[entry.Slot] == index, "the first entry of a slot is its head");
            _heads[entry.Slot] = entry.Next;
        }
        else
        {
            _entries[entry.Previous].Next = entry.Next;
        }

        if (entry.Next != None)
        {
            _entries[entry.Next].Previous = entry.Previous;
        }
    }

    private struct Entry
    {
        public T? Item;
        public long DueTick;
        public int Slot;
        public int Next;
        public int Previous;
        public int Generation;
    }
}
