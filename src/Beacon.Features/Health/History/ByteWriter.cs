using System.Text;

namespace Beacon.Features.Health.History;

/// <summary>A growing buffer of numbers of variable length: seven bits in a byte, lowest first, the eighth says that more follow.</summary>
internal sealed class ByteWriter
{
    private const int InitialSize = 64;
    private const int Bits = 7;
    private const byte More = 0x80;

    private byte[] _bytes = new byte[InitialSize];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Byte(byte value)
    {
        if (Length == _bytes.Length)
        {
            // By half: buffers of ten thousand services live side by side.
            Array.Resize(ref _bytes, _bytes.Length + (_bytes.Length / 2));
        }

        _bytes[Length++] = value;
    }

    public void Number(ulong value)
    {
        while (value >= More)
        {
            Byte((byte)(value | More));
            value >>= Bits;
        }

        Byte((byte)value);
    }

    /// <summary>Zigzag: small ones of either sign are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number((ulong)bytes.Length);
        foreach (var one in bytes)
        {
            Byte(one);
        }
    }

    public byte[] ToArray() => Written.ToArray();
}
