namespace Beacon.Testing.Mongo;

/// <summary>What may go wrong with one command.</summary>
public enum MongoFault
{
    None,

    /// <summary>Nothing happens and no answer comes, until the client or the server closes.</summary>
    Hang,

    /// <summary>Takes effect, then as <see cref="Hang"/>.</summary>
    HangAfterApplying,

    /// <summary>Takes effect and is answered, <see cref="MongoTestServer.Delay"/> later than asked.</summary>
    Slow,

    /// <summary>The connection ends before anything happened.</summary>
    Cut,

    /// <summary>Takes effect; the connection ends without an answer.</summary>
    CutAfterApplying,

    /// <summary>Takes effect; half of the answer is sent, then the connection ends.</summary>
    CutMidReply,

    /// <summary>Takes effect twice, as when a network plays a request again; the second answer counts.</summary>
    Duplicate,

    /// <summary>14031 OutOfDiskSpace, without effect.</summary>
    DiskFull,

    /// <summary>10107 NotWritablePrimary, without effect.</summary>
    NotPrimary,

    /// <summary>Takes effect on the primary; the answer carries writeConcernError 64.</summary>
    WriteConcernTimeout,
}
