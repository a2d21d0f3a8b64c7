namespace Beacon.Mdns.Wire;

/// <summary>FNV-1a over the folded bytes of a name, mixed at the end so that the low bits serve as a bucket number.</summary>
internal struct NameHash()
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;
    private const uint Mix = 0x85EBCA6B;
    private const int MixShift = 15;

    private uint _hash = Offset;

    public readonly int Value
    {
        get
        {
            var mixed = (_hash ^ (_hash >> MixShift)) * Mix;
            return (int)(mixed ^ (mixed >> MixShift));
        }
    }

    public void Add(ReadOnlySpan<byte> label)
    {
        var hash = (_hash ^ (uint)label.Length) * Prime;
        foreach (var value in label)
        {
            hash = (hash ^ LabelByte.Fold(value)) * Prime;
        }

        _hash = hash;
    }
}
