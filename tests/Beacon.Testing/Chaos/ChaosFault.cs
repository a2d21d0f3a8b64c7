namespace Beacon.Testing.Chaos;

/// <summary>What is done to the database or to Beacon, each for a while.</summary>
public enum ChaosFault
{
    /// <summary>Connections are cut and refused.</summary>
    Refuse,

    /// <summary>As <see cref="Refuse"/>; it comes back with what its file holds.</summary>
    Crash,

    /// <summary>Nothing is answered any more.</summary>
    Hang,

    /// <summary>Some commands take long.</summary>
    Slow,

    /// <summary>Writes are refused, and it calls itself a secondary.</summary>
    StepDown,

    /// <summary>Some commands: the connection ends before anything happened.</summary>
    CutBefore,

    /// <summary>Some commands take effect, then the connection ends.</summary>
    CutAfterApplying,

    /// <summary>Some commands take effect and are answered with half an answer.</summary>
    CutMidReply,

    /// <summary>Some commands take effect and are never answered.</summary>
    HangAfterApplying,

    /// <summary>Some commands take effect twice.</summary>
    Duplicate,

    /// <summary>Some commands meet a full disk.</summary>
    DiskFull,

    /// <summary>Some commands take effect on the primary only.</summary>
    WriteConcern,

    /// <summary>Beacon is ended by <c>kill -9</c> and started again; takes as long as that takes.</summary>
    KillBeacon,
}
