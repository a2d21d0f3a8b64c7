namespace Beacon.Testing.Chaos;

/// <summary>What a client asked for.</summary>
public enum ChaosOperation
{
    Register,

    /// <summary>New content, perhaps another name.</summary>
    Update,
    Heartbeat,
    Delete,
}
