using Beacon.Registry.Health;

namespace Beacon.Features.Health.History;

/// <summary>
/// Results, one behind the other, each mostly in five or six bytes: the distance in time from the one before, a byte of marks, the response
/// time, and status or error only when they are others.
/// </summary>
internal sealed class SampleWriter
{
    internal const byte Version = 1;
    internal const int PlannedBit = 1 << 2;
    internal const int ResponseBit = 1 << 3;
    internal const int StatusBit = 1 << 4;
    internal const int NewStatusBit = 1 << 5;
    internal const int ErrorBit = 1 << 6;
    internal const int NewErrorBit = 1 << 7;

    /// <summary>What an error is called when there are too many different ones.</summary>
    internal const string FurtherError = "a further error, not told apart from others of its hour";

    private readonly List<string> _errors = [];
    private readonly int _maxErrors;
    private long _last;
    private int? _status;

    /// <param name="origin">Milliseconds since 1970 UTC that the first distance counts from.</param>
    /// <param name="maxErrors">Different error texts told apart.</param>
    public SampleWriter(long origin, int maxErrors = HistoryLimits.MaxErrors)
    {
        _last = origin;
        _maxErrors = maxErrors;
        Bytes.Byte(Version);
    }

    public ByteWriter Bytes { get; } = new();

    public int Count { get; private set; }

    /// <summary>For a journal, in which results of many services are mixed.</summary>
    public void Add(int series, in Sample sample)
    {
        Bytes.Number((uint)series);
        Add(sample);
    }

    public void Add(in Sample sample)
    {
        Count++;
        var error = sample.Error is null ? -1 : _errors.IndexOf(sample.Error);
        var isNewError = sample.Error is not null && error < 0;
        if (isNewError && _errors.Count == _maxErrors)
        {
            // The last place is kept for all that do not fit.
            error = _maxErrors - 1;
            isNewError = false;
        }

        Bytes.Byte((byte)((int)sample.Outcome
            | (sample.IsPlanned ? PlannedBit : 0)
            | (sample.Response is null ? 0 : ResponseBit)
            | (sample.StatusCode is null ? 0 : StatusBit)
            | (sample.StatusCode is not null && sample.StatusCode != _status ? NewStatusBit : 0)
            | (sample.Error is null ? 0 : ErrorBit)
            | (isNewError ? NewErrorBit : 0)));
        Bytes.Signed(sample.At - _last);
        _last = sample.At;
        if (sample.Response is { } response)
        {
            Bytes.Number((uint)response);
        }

        if (sample.StatusCode is { } status && status != _status)
        {
            Bytes.Signed(status);
            _status = status;
        }

        if (isNewError)
        {
            var text = _errors.Count == _maxErrors - 1 ? FurtherError : sample.Error!;
            _errors.Add(text);
            Bytes.Text(text);
        }
        else if (error >= 0)
        {
            Bytes.Number((uint)error);
        }
    }

    /// <summary>Outcomes are two bits.</summary>
    internal const int OutcomeMask = (int)CheckOutcome.Error;
}
