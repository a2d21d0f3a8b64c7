namespace Beacon.Aot.Live;

/// <summary>Why a client must read the list afresh.</summary>
internal enum ResyncReason
{
    /// <summary>It came back too late, or with a number of another run.</summary>
    ReplayGap,

    /// <summary>Its own queue overflowed.</summary>
    SlowClient,

    /// <summary>The hub's queue overflowed: everybody missed something.</summary>
    Overload,
}
