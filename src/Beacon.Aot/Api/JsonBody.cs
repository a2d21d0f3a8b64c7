using System.Buffers;
using System.Text.Json;

namespace Beacon.Aot.Api;

/// <summary>
/// One answer's JSON, built whole before the first byte is sent, so that its length and its entity tag are known. Reused by the thread that
/// returned it: between <see cref="Rent"/> and <see cref="Dispose"/> there must be no await.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>Covers a heartbeat's answer and one service; a page of a hundred services grows the buffer a few times, once.</summary>
    private const int InitialCapacity = 4096;

    /// <summary>Larger buffers are given to the collector, or one huge list would stay with every thread.</summary>
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static JsonBody? _idle;

    private readonly ArrayBufferWriter<byte> _buffer = new(InitialCapacity);

    private JsonBody() => Writer = new Utf8JsonWriter(_buffer, JsonOutput.Options);

    public Utf8JsonWriter Writer { get; }

    public static JsonBody Rent()
    {
        var body = _idle ?? new JsonBody();
        _idle = null;
        return body;
    }

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written()
    {
        Writer.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose()
    {
        if (_buffer.Capacity > LargestKept)
        {
            Writer.Dispose();
            return;
        }

        _buffer.ResetWrittenCount();
        Writer.Reset();
        _idle = this;
    }
}
