using System.Threading.Channels;

namespace Beacon.Aot.Logging;

/// <summary>
/// Writes log lines from one background task, so that no request ever waits for whoever reads our output. The queue is bounded: when a
/// reader hangs, lines are dropped and counted, and the count is logged once there is room again.
/// </summary>
internal sealed class BeaconLoggerProvider : ILoggerProvider
{
    /// <summary>About a second of a very noisy start; at some 300 bytes a line less than 2 MB.</summary>
    public const int QueueCapacity = 4096;

    /// <summary>How long the end of the program waits for the last lines.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(300);

    private readonly Channel<LogLine> _queue;
    private readonly TimeProvider _time;
    private readonly Stream _output;
    private readonly ILogLineWriter _writer;
    private readonly Task _writing;
    private long _dropped;

    public BeaconLoggerProvider(Stream output, ILogLineWriter writer, TimeProvider time)
    {
        _output = output;
        _writer = writer;
        _time = time;
        _queue = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(QueueCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite },
            _ => Interlocked.Increment(ref _dropped));
        _writing = WriteAsync();
    }

    public ILogger CreateLogger(string categoryName) => new BeaconLogger(categoryName, this);

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _writing.Wait(FlushLimit);
    }

    public void Enqueue(
        LogLevel level, string logger, EventId eventId, string message, IReadOnlyList<KeyValuePair<string, object?>>? fields, Exception? exception) =>
        _queue.Writer.TryWrite(new LogLine(_time.GetUtcNow(), level, logger, eventId, message, fields, exception));

    private async Task WriteAsync()
    {
        using var buffer = new MemoryStream();
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            buffer.SetLength(0);
            while (_queue.Reader.TryRead(out var line))
            {
                _writer.Write(buffer, line);
            }

            var dropped = Interlocked.Exchange(ref _dropped, 0);
            if (dropped > 0)
            {
                _writer.Write(buffer, new LogLine(
                    _time.GetUtcNow(), LogLevel.Warning, "beacon.log", default, $"{dropped} log lines were dropped because nothing read them in time", null, null));
            }

            try
            {
                await _output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)).ConfigureAwait(false);
                await _output.FlushAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Nobody reads our output any more; that is no reason to stop serving.
            }
        }
    }
}
