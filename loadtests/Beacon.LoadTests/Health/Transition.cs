namespace Beacon.LoadTests.Health;

/// <summary>A target changed, or Beacon said that it had.</summary>
/// <param name="At">Since the start of the run.</param>
/// <param name="How">For a target that fails: in which way; for one that recovers: from which.</param>
internal readonly record struct Transition(TimeSpan At, bool IsUp, TargetState How);
