namespace Beacon.Mdns.Wire;

/// <summary>Classes and the top bit of their field, which mDNS took for itself (RFC 6762 §5.4, §10.2).</summary>
public static class RecordClass
{
    public const ushort Internet = 1;

    /// <summary>In questions only.</summary>
    public const ushort Any = 255;

    /// <summary>In a question: a unicast answer is welcome. In a response's record: forget other data of this name and type.</summary>
    public const ushort TopBit = 0x8000;

    /// <summary>The class itself.</summary>
    public const ushort Mask = 0x7FFF;
}
