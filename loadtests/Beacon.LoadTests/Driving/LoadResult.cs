using HdrHistogram;

namespace Beacon.LoadTests.Driving;

/// <summary>What one run of a loop showed. Filled by many connections at once.</summary>
internal sealed class LoadResult
{
    private const long LongestMicroseconds = 120_000_000;
    private const int Digits = 3;
    private readonly LongConcurrentHistogram _times = new(1, LongestMicroseconds, Digits);
    private long _answers;
    private long _failures;
    private int _firstFailure;

    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Answers other than 2xx, and connections that broke.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Status of the first that failed; 0 for a broken connection.</summary>
    public int FirstFailure => _firstFailure;

    /// <summary>From the first request to the last answer.</summary>
    public TimeSpan Elapsed { get; set; }

    public double PerSecond => Answers / Elapsed.TotalSeconds;

    public double MeanMilliseconds => _times.TotalCount == 0 ? 0 : _times.GetMean() / 1000;

    public double MaxMilliseconds => _times.TotalCount == 0 ? 0 : _times.GetValueAtPercentile(100) / 1000.0;

    public double Percentile(double percent) => _times.TotalCount == 0 ? 0 : _times.GetValueAtPercentile(percent) / 1000.0;

    public void Add(in HttpReply reply, TimeSpan took)
    {
        if (reply.IsSuccess)
        {
            Interlocked.Increment(ref _answers);
        }
        else if (Interlocked.Increment(ref _failures) == 1)
        {
            _firstFailure = reply.Status;
        }

        Add(took);
    }

    public void Add(TimeSpan took) => _times.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, LongestMicroseconds));

    /// <exception cref="InvalidOperationException">Something failed: figures of a run with failures are worth nothing.</exception>
    public LoadResult ThrowIfFailed() => Failures == 0
        ? this
        : throw new InvalidOperationException($"{Failures} of {Answers + Failures} requests failed, the first with {FirstFailure}");
}
