using System.Buffers;

namespace Beacon.Aot.Live;

/// <summary>
/// What a WebSocket writes on, between it and the connection. While somebody holds it, frames are put together and go out in one piece: a
/// system call costs more than making a frame, and a thousand clients that are told of a thousand events a second would need a million.
/// </summary>
/// <remarks>Any thread. Bytes leave in the order in which they were written.</remarks>
internal sealed class LiveOutlet(Stream connection) : Stream
{
    /// <summary>Bytes held at most; more go out at once. A buffer of that size is rented only while something is held.</summary>
    public const int MaxHeld = 16 * 1024;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private byte[] _held = [];
    private int _length;
    private int _holders;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on what is written may wait. To be followed by one <see cref="ReleaseAsync"/>.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>The last who holds it sends what has been held.</summary>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _holders) == 0 ? PushAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Sends what is held, whoever holds it.</summary>
    public async ValueTask PushAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await SendHeldAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var mayWait = Volatile.Read(ref _holders) > 0 && buffer.Length <= MaxHeld;
            if (!mayWait || _length + buffer.Length > MaxHeld)
            {
                await SendHeldAsync(cancellationToken);
            }

            if (mayWait)
            {
                Keep(buffer.Span);
            }
            else
            {
                await connection.WriteAsync(buffer, cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Nothing: the connection sends what it is given, and what is held is to wait.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        connection.ReadAsync(buffer, cancellationToken);

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
            // Neither the gate nor a buffer that is still held is given back: a write may be under way that fails only now.
            connection.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_length == 0)
        {
            _held = ArrayPool<byte>.Shared.Rent(MaxHeld);
        }

        bytes.CopyTo(_held.AsSpan(_length));
        _length += bytes.Length;
    }

    private async ValueTask SendHeldAsync(CancellationToken cancellationToken)
    {
        if (_length == 0)
        {
            return;
        }

        await connection.WriteAsync(_held.AsMemory(0, _length), cancellationToken);
        ArrayPool<byte>.Shared.Return(_held);
        (_held, _length) = ([], 0);
    }
}
