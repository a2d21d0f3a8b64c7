namespace Beacon.Aot.Cli;

/// <summary>How the program ends; the numbers are those of sysexits.h where it has one. Documented in docs/command-line.md.</summary>
internal enum ExitCode
{
    Ok = 0,

    /// <summary>A health check that failed, a service that nobody knows, or a loop that died.</summary>
    Failed = 1,

    /// <summary>Unknown verb or option.</summary>
    Usage = 64,

    /// <summary>Beacon refused what was asked, or a file holds what it should not.</summary>
    Refused = 65,

    /// <summary>A file that was named is not there or cannot be read.</summary>
    NoInput = 66,

    /// <summary>The port is taken, or the address is not this machine's. For commands: no Beacon was found, or it does not answer.</summary>
    Unavailable = 69,

    /// <summary>None of the interfaces that were named for mDNS is on this machine.</summary>
    NoInterface = 71,

    /// <summary>The data directory, or a file that was to be made, cannot be created or written.</summary>
    CannotWriteData = 73,

    /// <summary>The data directory's disk is full, or its file is not one this version can use.</summary>
    UnusableData = 74,

    /// <summary>Another Beacon uses the data directory.</summary>
    DataInUse = 75,

    /// <summary>A setting is wrong; every wrong one was named.</summary>
    Configuration = 78,

    /// <summary>The command behind "register --keep-alive --" could not be started; as shells say it.</summary>
    NoCommand = 127,
}
