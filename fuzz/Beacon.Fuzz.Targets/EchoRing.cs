namespace Beacon.Fuzz.Targets;

/// <summary>The last few datagrams the engine sent, to be thrown back at it.</summary>
internal sealed class EchoRing
{
    private const int Places = 16;
    private const int LargestDatagram = 9_000;
    private const int MostChanges = 8;

    private readonly byte[][] _datagrams = [.. Enumerable.Range(0, Places).Select(_ => new byte[LargestDatagram])];
    private readonly byte[] _changed = new byte[LargestDatagram];
    private readonly int[] _lengths = new int[Places];
    private int _next;

    public void Add(ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(_datagrams[_next]);
        _lengths[_next] = datagram.Length;
        _next = (_next + 1) % Places;
    }

    /// <summary>The one the script names, with a few bytes changed. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Changed(ref ScriptReader script)
    {
        var datagram = At(script.Byte());
        datagram.CopyTo(_changed);
        for (var left = script.Byte() % MostChanges; left > 0 && datagram.Length > 0; left--)
        {
            _changed[script.Word() % datagram.Length] = script.Byte();
        }

        return _changed.AsSpan(0, datagram.Length);
    }

    /// <param name="age">0 is the newest.</param>
    private ReadOnlySpan<byte> At(int age)
    {
        var place = (_next + Places - 1 - (age % Places)) % Places;
        return _datagrams[place].AsSpan(0, _lengths[place]);
    }
}
