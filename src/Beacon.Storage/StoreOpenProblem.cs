namespace Beacon.Storage;

/// <summary>Why a store could not be opened at start; the host turns each into its own exit code.</summary>
public enum StoreOpenProblem
{
    /// <summary>Anything else; the message has the details.</summary>
    Other,

    /// <summary>The data directory or the file in it cannot be created or written.</summary>
    NotWritable,

    /// <summary>No space left on the device.</summary>
    DiskFull,

    /// <summary>Another process, most likely a second Beacon, holds the data directory.</summary>
    InUse,

    /// <summary>The data was written by a newer version, which this one must not touch.</summary>
    NewerSchema,

    /// <summary>The file is a healthy database of some other program.</summary>
    ForeignFile,

    /// <summary>A file that was named is not there.</summary>
    Missing,
}
