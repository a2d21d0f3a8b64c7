namespace Beacon.Aot.Cli.Help;

/// <summary>What a command's word is, for completion.</summary>
internal enum WordKind
{
    None,
    Choice,
    Type,
    Command,
    File,

    /// <summary>A name that is registered.</summary>
    Service,
}
