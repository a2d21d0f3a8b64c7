namespace Beacon.Fuzz;

/// <summary>One input of the fuzzer, whole: the codec wants a span, and the stream belongs to the fuzzer.</summary>
internal static class InputReader
{
    private static readonly byte[] Buffer = new byte[1 << 20];

    public static byte[] ReadAll(Stream stream)
    {
        var length = stream.ReadAtLeast(Buffer, Buffer.Length, throwOnEndOfStream: false);
        return Buffer[..length];
    }
}
