namespace Beacon.Features.Health.Probing;

/// <summary>
/// What a failed check means to somebody who does not run the service. The sentence of a check says more, and may hold names, addresses and
/// parts of the answer.
/// </summary>
public enum FailureKind
{
    /// <summary>None of the others.</summary>
    Failed,

    /// <summary>Nobody answered in time, or nobody is there.</summary>
    NoAnswer,

    /// <summary>The machine is there, the service is not.</summary>
    Refused,

    /// <summary>The name leads nowhere.</summary>
    NameNotFound,

    /// <summary>It answered, and not as it should.</summary>
    UnexpectedAnswer,

    Certificate,

    /// <summary>The check may not go where it was sent.</summary>
    NotAllowed,
}
