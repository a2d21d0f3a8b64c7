namespace Beacon.Testing.Chaos;

/// <summary>Ways to break a promise.</summary>
public enum ChaosFindingKind
{
    /// <summary>A change that was acknowledged is not there.</summary>
    Lost,

    /// <summary>A service is there after its removal was acknowledged.</summary>
    Resurrected,

    /// <summary>A lease ended before the time it was promised.</summary>
    EndedEarly,

    /// <summary>Two sides show different things.</summary>
    Unequal,

    /// <summary>Something is there that nobody asked for.</summary>
    Unexplained,

    /// <summary>One name, host and port is there twice.</summary>
    Twice,
}
