namespace Beacon.LoadTests.Health;

/// <summary>How a target behaves towards checks.</summary>
internal enum TargetState
{
    Well,

    /// <summary>Nobody listens.</summary>
    Refuses,

    /// <summary>Answers 503.</summary>
    Ails,

    /// <summary>Takes the connection and says nothing.</summary>
    Hangs,
}
