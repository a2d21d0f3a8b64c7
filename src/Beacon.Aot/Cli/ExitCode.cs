namespace Beacon.Aot.Cli;

/// <summary>How the program ends; the numbers are those of sysexits.h where it has one. Documented in docs/operations.md.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>A health check that failed, or a loop that died.</summary>
    Failed = 1,

    /// <summary>Unknown verb or option.</summary>
    Usage = 64,

    /// <summary>The port is taken, or the address is not this machine's.</summary>
    CannotListen = 69,

    /// <summary>None of the interfaces that were named for mDNS is on this machine.</summary>
    NoInterface = 71,

    /// <summary>The data directory cannot be created or written.</summary>
    CannotWriteData = 73,

    /// <summary>The data directory's disk is full, or its file is not one this version can use.</summary>
    UnusableData = 74,

    /// <summary>Another Beacon uses the data directory.</summary>
    DataInUse = 75,

    /// <summary>A setting is wrong; every wrong one was named.</summary>
    Configuration = 78,
}
