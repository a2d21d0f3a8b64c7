namespace Beacon.LoadTests.Health;

/// <summary>Holds what targets did against what Beacon said.</summary>
/// <param name="retries">Failures in a row that make a target unhealthy.</param>
internal sealed class Detection(int retries)
{
    private readonly List<double> _down = [];
    private readonly List<double> _up = [];
    private readonly List<string> _wrong = [];

    public IReadOnlyList<string> Wrong => _wrong;

    public int Transitions => _down.Count + _up.Count;

    /// <param name="said">Without the first, which says that the target was found.</param>
    public void Compare(string name, IReadOnlyList<Transition> did, IReadOnlyList<Transition> said)
    {
        if (did.Count != said.Count)
        {
            _wrong.Add($"{name}: changed {did.Count} times, told {said.Count} times");
            return;
        }

        for (var at = 0; at < did.Count; at++)
        {
            var took = (said[at].At - did[at].At).TotalSeconds;
            if (said[at].IsUp != did[at].IsUp)
            {
                _wrong.Add($"{name}: change {at} was told the other way round");
            }
            else if (took < 0 || took > HealthScenario.Bound(did[at], retries).TotalSeconds)
            {
                _wrong.Add($"{name}: {did[at].How} {(did[at].IsUp ? "ended" : "began")} at {did[at].At.TotalSeconds:F1} s and was told {took:F1} s later");
            }

            (did[at].IsUp ? _up : _down).Add(took);
        }
    }

    public (double Median, double Most) Down => Describe(_down);

    public (double Median, double Most) Up => Describe(_up);

    private static (double Median, double Most) Describe(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? (0, 0) : (values[values.Count / 2], values[^1]);
    }
}
