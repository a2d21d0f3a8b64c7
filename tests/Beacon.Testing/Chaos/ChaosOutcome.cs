namespace Beacon.Testing.Chaos;

/// <summary>What a client knows afterwards.</summary>
public enum ChaosOutcome
{
    /// <summary>It was promised.</summary>
    Acknowledged,

    /// <summary>There is no such service.</summary>
    NotFound,

    /// <summary>Turned away without an effect: a conflict, or nobody listened.</summary>
    Refused,

    /// <summary>It may have taken effect or not: no answer.</summary>
    Unknown,

    /// <summary>As <see cref="Unknown"/>: 503, the store did not take it in time.</summary>
    Unavailable,

    /// <summary>As <see cref="Unknown"/>, and it may still take effect: the client gave up, and Beacon lives on.</summary>
    Pending,
}
