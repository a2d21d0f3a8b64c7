using System.Text;

namespace Beacon.Features.Health.History;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Never reads past the end: what is cut off or damaged sets <see cref="IsDamaged"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private const int Bits = 7;
    private const int MostShift = 63;
    private const byte More = 0x80;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public bool IsDamaged { get; private set; }

    /// <summary>Bytes passed.</summary>
    public readonly int Read => _at;

    public readonly bool IsAtEnd => IsDamaged || _at >= _bytes.Length;

    public byte Byte()
    {
        if (_at < _bytes.Length)
        {
            return _bytes[_at++];
        }

        IsDamaged = true;
        return 0;
    }

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift <= MostShift; shift += Bits)
        {
            var part = Byte();
            value |= (ulong)(part & ~More) << shift;
            if (part < More)
            {
                return value;
            }
        }

        IsDamaged = true;
        return 0;
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>0 to 2^31-1; anything else is damage.</summary>
    public int Integer()
    {
        var value = Number();
        if (value <= int.MaxValue)
        {
            return (int)value;
        }

        IsDamaged = true;
        return 0;
    }

    public string Text()
    {
        var length = Integer();
        if (IsDamaged || length > _bytes.Length - _at)
        {
            IsDamaged = true;
            return "";
        }

        var text = Encoding.UTF8.GetString(_bytes.Slice(_at, length));
        _at += length;
        return text;
    }
}
