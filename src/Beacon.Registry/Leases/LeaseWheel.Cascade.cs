namespace Beacon.Registry.Leases;

// Where an entry belongs for its distance, and how it moves inward as its time comes near.
public sealed partial class LeaseWheel<T>
{
    /// <summary>Moves time on to <paramref name="tick"/> and appends everything that came due, in order of ticks, to <paramref name="due"/>.</summary>
    public void Advance(long tick, List<T> due)
    {
        if (Count == 0)
        {
            // Nothing is scheduled, so there is no slot whose turn could be missed.
            CurrentTick = Math.Max(CurrentTick, tick);
            return;
        }

        while (CurrentTick < tick)
        {
            CurrentTick++;
            CascadeInto(CurrentTick);
            Collect((int)(CurrentTick & SlotMask), due);
        }
    }

    private int SlotOf(long dueTick)
    {
        // An entry in the slot of the current tick would wait a whole turn: the soonest slot is the next tick's.
        var at = Math.Max(dueTick, CurrentTick + 1);
        var distance = at - CurrentTick;
        if (distance >= Horizon)
        {
            // Parked as far out as the wheel reaches; looked at again when that slot comes.
            at = CurrentTick + Horizon - 1;
            distance = Horizon - 1;
        }

        // The level is the highest group of bits in which now and then differ, so that an entry is reached before its turn passes.
        var level = 0;
        while (level < Levels - 1 && (at >> (SlotBits * (level + 1))) != (CurrentTick >> (SlotBits * (level + 1))))
        {
            level++;
        }

        return (level * SlotsPerLevel) + (int)((at >> (SlotBits * level)) & SlotMask);
    }

    private void CascadeInto(long tick)
    {
        for (var level = 1; level < Levels && (tick & ((1L << (SlotBits * level)) - 1)) == 0; level++)
        {
            var slot = (level * SlotsPerLevel) + (int)((tick >> (SlotBits * level)) & SlotMask);
            var index = _heads[slot];
            _heads[slot] = None;
            while (index != None)
            {
                var next = _entries[index].Next;
                // Due at the very tick that cascades: its slot is collected right after.
                var due = _entries[index].DueTick;
                Push(index, due <= tick ? (int)(tick & SlotMask) : SlotOf(due));
                index = next;
            }
        }
    }

    private void Collect(int slot, List<T> due)
    {
        var index = _heads[slot];
        _heads[slot] = None;
        while (index != None)
        {
            var next = _entries[index].Next;
            if (_entries[index].DueTick <= CurrentTick)
            {
                due.Add(_entries[index].Item!);
                Release(index);
            }
            else
            {
                Link(index);
            }

            index = next;
        }
    }
}
