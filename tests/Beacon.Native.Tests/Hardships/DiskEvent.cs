namespace Beacon.Native.Tests.Hardships;

internal enum DiskEventKind
{
    Write,
    Truncate,

    /// <summary>The file's bytes are on the disk; its name need not be.</summary>
    Sync,

    Create,
    Remove,

    /// <summary>The names of all files are on the disk.</summary>
    SyncDirectory,

    /// <summary>An answer to a client began to leave the process.</summary>
    Answer,
}

/// <summary>One thing the traced process did.</summary>
/// <param name="Target">Name of the file, or of the connection that was answered.</param>
/// <param name="Offset">Where a write begins; the new length of what is cut.</param>
/// <param name="Data">What was written; the answer as far as it left in one call.</param>
internal sealed record DiskEvent(DiskEventKind Kind, string Target, long Offset, byte[] Data);
