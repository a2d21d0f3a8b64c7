using System.Diagnostics.CodeAnalysis;
using Beacon.Registry.Health;

namespace Beacon.Features.Health.History;

/// <summary>Reads what <see cref="SampleWriter"/> wrote.</summary>
internal ref struct SampleReader
{
    private readonly List<string> _errors = [];
    private ByteReader _bytes;
    private long _last;
    private int? _status;

    public SampleReader(ReadOnlySpan<byte> data, long origin)
    {
        _bytes = new ByteReader(data);
        _last = origin;
        IsDamaged = !_bytes.IsAtEnd && _bytes.Byte() != SampleWriter.Version;
    }

    /// <summary>Not to be read further.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Adds all, in the order written. False: damaged; what came before the damage was added.</summary>
    public static bool ReadAll(ReadOnlySpan<byte> data, long origin, List<Sample> samples)
    {
        var reader = new SampleReader(data, origin);
        while (reader.TryNext(out var sample))
        {
            samples.Add(sample);
        }

        return !reader.IsDamaged;
    }

    /// <summary>From a journal.</summary>
    public bool TryNext(out int series, out Sample sample)
    {
        series = IsDamaged || _bytes.IsAtEnd ? 0 : _bytes.Integer();
        return TryNext(out sample);
    }

    /// <summary>False at the end, or at the damage.</summary>
    public bool TryNext(out Sample sample)
    {
        sample = default;
        if (IsDamaged || _bytes.IsAtEnd)
        {
            IsDamaged |= _bytes.IsDamaged;
            return false;
        }

        var marks = _bytes.Byte();
        _last += _bytes.Signed();
        int? response = (marks & SampleWriter.ResponseBit) != 0 ? _bytes.Integer() : null;
        _status = (marks & SampleWriter.NewStatusBit) != 0 ? (int)_bytes.Signed() : _status;
        string? error = null;
        IsDamaged = ((marks & SampleWriter.ErrorBit) != 0 && !TryReadError(marks, out error)) || _bytes.IsDamaged;
        sample = new Sample(
            _last,
            (CheckOutcome)(marks & SampleWriter.OutcomeMask),
            response,
            (marks & SampleWriter.StatusBit) != 0 ? _status : null,
            error,
            (marks & SampleWriter.PlannedBit) != 0);
        return !IsDamaged;
    }

    private bool TryReadError(byte marks, [NotNullWhen(true)] out string? error)
    {
        if ((marks & SampleWriter.NewErrorBit) != 0)
        {
            error = _bytes.Text();
            _errors.Add(error);
            return true;
        }

        var index = _bytes.Integer();
        error = index < _errors.Count ? _errors[index] : null;
        return error is not null;
    }
}
