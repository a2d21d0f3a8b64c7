using System.Globalization;

namespace Beacon.LoadTests.Measuring;

/// <summary>One figure measured several times. What counts is the middle one; the extremes tell how much to believe it.</summary>
internal sealed class Figures
{
    private readonly List<double> _values = [];

    public IReadOnlyList<double> Values => _values;

    public double Median => _values.Count == 0 ? double.NaN : _values.Order().ElementAt(_values.Count / 2);

    public void Add(double value) => _values.Add(value);

    public override string ToString() =>
        _values.Count == 0
            ? "–"
            : string.Create(CultureInfo.InvariantCulture, $"{Format(Median)} ({Format(_values.Min())} to {Format(_values.Max())})");

    public static string Format(double value) =>
        Math.Abs(value) >= 1000 ? value.ToString("N0", CultureInfo.InvariantCulture)
        : Math.Abs(value) >= 100 ? value.ToString("F0", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) >= 10 ? "F1" : "F2", CultureInfo.InvariantCulture);
}
