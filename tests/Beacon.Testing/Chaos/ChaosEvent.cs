namespace Beacon.Testing.Chaos;

/// <summary>One planned fault.</summary>
/// <param name="At">Since the start of the run.</param>
/// <param name="Share">Of commands concerned, for faults of single commands.</param>
/// <param name="Delay">Of slow commands.</param>
public sealed record ChaosEvent(TimeSpan At, ChaosFault Fault, TimeSpan Duration, double Share, TimeSpan Delay)
{
    public TimeSpan End => At + Duration;

    public override string ToString() => Fault switch
    {
        ChaosFault.KillBeacon => $"{At.TotalSeconds,5:0.0} s  kill -9",
        ChaosFault.Slow => $"{At.TotalSeconds,5:0.0} s  {Fault} for {Duration.TotalSeconds:0.0} s, {Share:P0} by {Delay.TotalMilliseconds:0} ms",
        _ => $"{At.TotalSeconds,5:0.0} s  {Fault} for {Duration.TotalSeconds:0.0} s, {Share:P0}",
    };
}
