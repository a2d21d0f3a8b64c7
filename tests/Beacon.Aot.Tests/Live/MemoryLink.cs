using System.IO.Pipelines;

namespace Beacon.Aot.Tests.Live;

/// <summary>One end of a connection in memory that holds a single message: a writer waits until the other end reads, as over a dead-slow network.</summary>
internal sealed class MemoryLink : Stream
{
    private static readonly PipeOptions Narrow = new(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false);
    private readonly Stream _input;
    private readonly Stream _output;

    private MemoryLink(PipeReader input, PipeWriter output)
    {
        _input = input.AsStream();
        _output = output.AsStream();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static (MemoryLink Server, MemoryLink Client) Pair()
    {
        var (up, down) = (new Pipe(Narrow), new Pipe(Narrow));
        return (new(up.Reader, down.Writer), new(down.Reader, up.Writer));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _input.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _output.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
            _output.Dispose();
        }

        base.Dispose(disposing);
    }
}
