namespace Beacon.Fuzz.Targets;

/// <summary>A fuzzer's bytes as numbers. After the end everything is 0, so that any cut of a script is a script.</summary>
internal ref struct ScriptReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool IsAtEnd => _at >= _bytes.Length;

    public byte Byte() => _at < _bytes.Length ? _bytes[_at++] : (byte)0;

    /// <summary>Big-endian, as on the wire.</summary>
    public ushort Word() => (ushort)((Byte() << 8) | Byte());

    /// <summary>As many of the next bytes as there are.</summary>
    public ReadOnlySpan<byte> Take(int length)
    {
        var taken = _bytes.Slice(Math.Min(_at, _bytes.Length), Math.Clamp(length, 0, Math.Max(0, _bytes.Length - _at)));
        _at += taken.Length;
        return taken;
    }
}
