namespace Beacon.Mdns.Wire;

/// <summary>The labels of a name from left to right, without their length bytes and without the root. Follows pointers.</summary>
/// <remarks>Ends early instead of reading outside or for ever; a name that was checked before is read whole.</remarks>
public ref struct LabelEnumerator
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;
    private int _room = DnsLimits.NameLength - 1; // The root has one byte.

    internal LabelEnumerator(ReadOnlySpan<byte> bytes, int at)
    {
        _bytes = bytes;
        _at = at;
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly LabelEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while ((uint)_at < (uint)_bytes.Length)
        {
            int head = _bytes[_at];
            if (LabelByte.IsPointer(head) && _at + 1 < _bytes.Length)
            {
                var target = LabelByte.Target(head, _bytes[_at + 1]);
                if (target >= _at)
                {
                    return false;
                }

                _at = target;
                continue;
            }

            if (head == 0 || !LabelByte.IsLabel(head) || head >= _bytes.Length - _at || head >= _room)
            {
                return false;
            }

            _room -= head + 1;

            Current = _bytes.Slice(_at + 1, head);
            _at += head + 1;
            return true;
        }

        return false;
    }
}
