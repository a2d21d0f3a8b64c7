namespace Beacon.Storage;

/// <summary>How far what is on disk can be trusted to be what the registry says.</summary>
public enum StoreState
{
    /// <summary>The last write succeeded and nothing waits for longer than a second.</summary>
    Healthy,

    /// <summary>A write failed or is slow; it is retried and nobody was turned away yet.</summary>
    Behind,

    /// <summary>Nothing could be written for as long as a client is made to wait: registrations are answered 503, reads from memory.</summary>
    Down,
}
