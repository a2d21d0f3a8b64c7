namespace Beacon.Fuzz.Targets;

/// <summary>The last few datagrams the engine sent, to be thrown back at it.</summary>
internal sealed class EchoRing
{
    private const int Places = 16;
    private const int LargestDatagram = 9_000;

    private readonly byte[][] _datagrams = [.. Enumerable.Range(0, Places).Select(_ => new byte[LargestDatagram])];
    private readonly int[] _lengths = new int[Places];
    private int _next;

    public void Add(ReadOnlySpan<byte> datagram)
    {
        datagram.CopyTo(_datagrams[_next]);
        _lengths[_next] = datagram.Length;
        _next = (_next + 1) % Places;
    }

    /// <param name="age">0 is the newest.</param>
    public ReadOnlySpan<byte> At(int age)
    {
        var place = (_next + Places - 1 - (age % Places)) % Places;
        return _datagrams[place].AsSpan(0, _lengths[place]);
    }
}
